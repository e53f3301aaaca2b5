using PanelServer.Domain.Providers;

namespace PanelServer.Tests.Providers.PanelApi;

/// <summary>Refusals as panels of many countries word them, and what they are about.</summary>
internal static class SpokenRefusals
{
    public static IReadOnlyList<(string Words, Objection About)> All { get; } =
    [
        // English
        ("You do not have enough balance to place this order", Objection.Funds),
        ("Please add funds to your account", Objection.Funds),
        ("The API key you have given is wrong", Objection.Key),
        ("You have an active order with this link, wait until it is completed", Objection.Busy),
        ("We are under maintenance, sorry", Objection.Rate),
        ("You have reached your daily order limit", Objection.Limit),
        ("This profile is private", Objection.Request),
        ("That video has been removed", Objection.Request),
        ("This service is no longer offered", Objection.Service),

        // Turkish
        ("Bakiyeniz yetersiz", Objection.Funds),
        ("Hesabınızda yeterli bakiye yok", Objection.Funds),
        ("Geçersiz API anahtarı", Objection.Key),
        ("Bu bağlantı için devam eden bir siparişiniz var", Objection.Busy),
        ("Sistem bakımda", Objection.Rate),
        ("Günlük sipariş limitine ulaştınız", Objection.Limit),
        ("Kullanıcı hesabı gizli", Objection.Request),
        ("Bu servis artık aktif değil", Objection.Service),

        // Russian
        ("Недостаточно средств на балансе", Objection.Funds),
        ("Пополните баланс", Objection.Funds),
        ("Неверный ключ API", Objection.Key),
        ("По этой ссылке уже есть активный заказ", Objection.Busy),
        ("Ведутся технические работы", Objection.Rate),
        ("Превышен дневной лимит заказов", Objection.Limit),
        ("Профиль закрыт", Objection.Request),
        ("Услуга отключена", Objection.Service),

        // Spanish
        ("No tienes saldo suficiente", Objection.Funds),
        ("Clave de API incorrecta", Objection.Key),
        ("Ya existe un pedido en curso para este enlace", Objection.Busy),
        ("Estamos en mantenimiento", Objection.Rate),
        ("Has alcanzado el límite diario de pedidos", Objection.Limit),
        ("El perfil es privado", Objection.Request),
        ("El servicio ya no está disponible", Objection.Service),

        // Portuguese
        ("Você não tem saldo suficiente", Objection.Funds),
        ("Chave de API inválida", Objection.Key),
        ("Já existe um pedido em andamento para este link", Objection.Busy),
        ("Estamos em manutenção", Objection.Rate),
        ("Limite diário de pedidos atingido", Objection.Limit),
        ("O perfil é privado", Objection.Request),
        ("Este serviço foi desativado", Objection.Service),

        // Vietnamese
        ("Số dư không đủ", Objection.Funds),
        ("Tài khoản của bạn không đủ tiền", Objection.Funds),
        ("API key không hợp lệ", Objection.Key),
        ("Liên kết này đang có đơn hàng đang chạy", Objection.Busy),
        ("Hệ thống đang bảo trì", Objection.Rate),
        ("Bạn đã đạt giới hạn đơn hàng trong ngày", Objection.Limit),
        ("Bài viết không tồn tại", Objection.Request),
        ("Dịch vụ đã ngừng hoạt động", Objection.Service),

        // Indonesian
        ("Saldo tidak mencukupi", Objection.Funds),
        ("Kunci API salah", Objection.Key),
        ("Masih ada pesanan aktif untuk link ini", Objection.Busy),
        ("Sedang dalam pemeliharaan", Objection.Rate),
        ("Batas pesanan harian telah tercapai", Objection.Limit),
        ("Akun target bersifat pribadi", Objection.Request),
        ("Layanan ini sudah tidak tersedia", Objection.Service),

        // Arabic
        ("رصيدك غير كافٍ", Objection.Funds),
        ("مفتاح API غير صحيح", Objection.Key),
        ("يوجد طلب نشط لهذا الرابط بالفعل", Objection.Busy),
        ("الموقع تحت الصيانة", Objection.Rate),
        ("لقد تجاوزت الحد اليومي للطلبات", Objection.Limit),
        ("الرابط غير صالح", Objection.Request),
        ("هذه الخدمة غير متاحة", Objection.Service),

        // Hindi
        ("आपके खाते में पर्याप्त बैलेंस नहीं है", Objection.Funds),
        ("अमान्य एपीआई कुंजी", Objection.Key),
        ("इस लिंक के लिए पहले से एक ऑर्डर चल रहा है", Objection.Busy),
        ("सर्वर का रखरखाव चल रहा है", Objection.Rate),
        ("रखरखाव चल रहा है", Objection.Rate),
        ("दैनिक ऑर्डर सीमा पार हो गई", Objection.Limit),
        ("लिंक अमान्य है", Objection.Request),
        ("यह सेवा उपलब्ध नहीं है", Objection.Service),

        // French
        ("Votre solde est insuffisant", Objection.Funds),
        ("Clé API invalide", Objection.Key),
        ("Une commande est déjà en cours pour ce lien", Objection.Busy),
        ("Le site est en maintenance", Objection.Rate),
        ("Limite quotidienne de commandes atteinte", Objection.Limit),
        ("Ce compte est privé", Objection.Request),
        ("Ce service n'est plus disponible", Objection.Service),

        // German
        ("Ihr Guthaben reicht nicht aus", Objection.Funds),
        ("Ungültiger API-Schlüssel", Objection.Key),
        ("Für diesen Link läuft bereits eine Bestellung", Objection.Busy),
        ("Wartungsarbeiten, bitte später", Objection.Rate),
        ("Tägliches Bestelllimit erreicht", Objection.Limit),
        ("Das Profil ist privat", Objection.Request),
        ("Dieser Dienst ist nicht mehr verfügbar", Objection.Service),

        // Chinese
        ("您的余额不足", Objection.Funds),
        ("密钥错误", Objection.Key),
        ("该链接已有正在进行中的订单", Objection.Busy),
        ("系统维护中", Objection.Rate),
        ("已达到每日订单上限", Objection.Limit),
        ("链接无效", Objection.Request),
        ("该服务已下架", Objection.Service),

        // Others, where the market is as well
        ("Credito insufficiente", Objection.Funds),
        ("Niewystarczające środki na koncie", Objection.Funds),
        ("Недостатньо коштів", Objection.Funds),
        ("残高が不足しています", Objection.Funds),
        ("잔액이 부족합니다", Objection.Funds),
        ("ยอดเงินไม่เพียงพอ", Objection.Funds),
        ("موجودی شما کافی نیست", Objection.Funds),
        ("Manutenzione in corso", Objection.Rate),
        ("Przerwa techniczna", Objection.Rate),
        ("Профіль приватний", Objection.Request),
        ("リンクが無効です", Objection.Request),
        ("존재하지 않는 서비스입니다", Objection.Service),

        // A fault over there
        ("Internal server error", Objection.Fault),
        ("Something went wrong, please try again later", Objection.Fault),
        ("Unhandled exception in OrderController", Objection.Fault),
        ("SQLSTATE[HY000]: General error", Objection.Fault),
        ("Bir hata oluştu", Objection.Fault),
        ("Внутренняя ошибка сервера", Objection.Fault),
        ("Algo salió mal", Objection.Fault),
        ("Terjadi kesalahan pada server", Objection.Fault),

        // Nobody knows
        ("kaput 77", Objection.Unclear),
        ("E-4711", Objection.Unclear),
        ("nope", Objection.Unclear),
        ("Bukalemun", Objection.Unclear),
        ("не сегодня", Objection.Unclear),
    ];
}
