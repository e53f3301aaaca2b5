namespace PanelServer.Providers.Client;

/// <summary>How panels say that it is about what was ordered: how much, for which target.</summary>
internal static class TargetPhrases
{
    public static string[] Quantities { get; } =
    [
        "quantity|qty|amount&min|max|less|more|exceed|limit|greater|lower|higher|low|high|between|invalid|incorrect|wrong|small|large|big|below|above|out of|range|multiple|must|required|missing|not ",
        "quantity|miktar|количеств|кількіст|cantidad|quantidade|quantité|menge|quantità|ilość|ilości|số lượng|jumlah|الكمية|كمية|मात्रा|数量|수량|จำนวน|تعداد!order|daily|per day|today|sipariş|günlük|заказ|сут|дневн|замовлен|pedidos|diari|diári|commandes|jour|bestellungen|täglich|ordini|giorn|zamówie|dzien|đơn hàng|ngày|pesanan|hari|طلبات|يومي|ऑर्डर|दैनिक|订单|訂單|每日|今|注文|日|주문|하루|คำสั่งซื้อ|วัน|سفارش|روزانه",
        "minimum order|minimal order|min order|minimum is|maximum is|min is|max is|below minimum|below the minimum|above maximum|above the maximum|exceeds the maximum|exceeds maximum|incorrect request|incorrect order id|order not found|invalid order|incorrect refill|refill not|refill is not|cannot be refilled|cannot be canceled|cannot be cancelled|cancel is not",
    ];

    /// <summary>Ours or the target's: the balance tells.</summary>
    public static string[] Account { get; } =
    [
        "account|user not found|no such user|user does not exist|user not exist&suspend|not active|inactive|disabled|blocked|banned|deactivated|not found|no such|not exist!private|instagram|tiktok|facebook|twitter|youtube|telegram|link|url|target|profile",
    ];

    public static string[] All { get; } =
    [
        "only &links|urls|profiles|posts|videos&allowed|accepted|supported|possible",
        "enter|provide|use|give&correct link|correct url|correct username|right link",
        "neworder error link|incorrect link|bad link|wrong link|invalid link|incorrect comments|incorrect username|incorrect keyword|incorrect hashtag",
        "link|url|username|user|profile|post |video|photo|picture|reel|story|tweet|channel|group|page|account|media|target|playlist|track|comment|hashtag|handle|website|domain&invalid|incorrect|wrong|not found|valid|exist|private|deleted|removed|unavailable|not available| bad |malformed|format|restricted|public|be found|find|suspended|banned|blocked|support|missing|required|empty|closed|disabled|turned off|accessible|unreachable|broken|not allowed|no longer|expired|must|hidden|can't be|cannot be|unable to|protected",
        "link|bağlantı|url|kullanıcı|profil|gönderi|video|hesap|hesab|sayfa|kanal|hedef|fotoğraf|paylaşım|grup&geçersiz|hatalı|yanlış|bulunam|gizli|silin|kapalı|yok|mevcut değil|özel|açık değil|askıya|erişilem|kaldırıl|kısıtlı|doğru değil",
        "ссылк|профил|аккаунт|пользовател|пост|видео|публикац|страниц|канал|групп|запис|адрес|фото&невер|некоррект|неправ|недействит|не найден|не существ|закрыт|приватн|удален|скрыт|недоступ|заблокир|ограничен|ошибочн|не поддерж|частн|замороже|не открыва",
        "посиланн|профіл|акаунт|обліков|користувач|допис|відео|сторінк|канал|публікац&невір|некорект|неправ|недійс|не знайден|не існу|закрит|приватн|видален|недоступн|заблок",
        "enlace|link|url|perfil|usuario|cuenta|publicación|video|vídeo|página|canal|foto|objetivo|historia|grupo&inválid|incorrect|válid|encontr|no existe|privad|eliminad|borrad|no disponible|suspendid|restringid|bloquead|erróne|públic|cerrad|ocult",
        "link|url|perfil|usuário|conta|publicação|postagem|vídeo|página|canal|foto|post|endereço&inválid|incorret|encontrad|não existe|privad|excluíd|apagad|removid|indisponível|suspens|bloquead|errad|restrit|válid|deletad|fechad",
        "lien|url|profil|utilisateur|compte|publication|vidéo|page|chaîne|photo|groupe|post&invalide|incorrect|introuvable|existe pas|privé|supprimé|indisponible|suspendu|valide|erroné|bloqué|restreint|public|inexistant|mauvais",
        "link|url|profil|benutzer|nutzer|konto|beitrag|video|seite|kanal|foto|gruppe|account&ungültig|falsch|gefunden|existier|privat|gelöscht|nicht verfügbar|gesperrt|öffentlich|inkorrekt|nicht gültig|fehlerhaft|entfernt",
        "link|url|profilo|utente|account|post|video|pagina|canale|foto|gruppo&non valid|errat|trovat|non esiste|privat|eliminat|rimoss|non disponibile|sospes|bloccat|inesistente|sbagliat|corrett|cancellat",
        "link|adres|profil|użytkownik|konto|post|film|wideo|strona|kanał|zdjęcie|grupa&nieprawidłow|niepoprawn|błędn|znalez|istnieje|prywatn|usunięt|niedostępn|zawieszon|zablokowan| zły|zamknięt",
        "liên kết|link|url|hồ sơ|người dùng|tài khoản|bài viết|video|trang|kênh|ảnh|nhóm|đường dẫn&không hợp lệ| sai|không đúng|không tồn tại|riêng tư|bị xóa|bị xoá|tìm thấy|khả dụng|bị khóa|bị cấm|công khai|truy cập|đình chỉ|định dạng|chính xác",
        "link|tautan|url|profil|pengguna|akun|postingan|video|halaman|kanal|foto|target|username|grup|konten&salah|tidak valid|ditemukan|tidak ada|tersedia|private|privat|pribadi|dihapus|ditangguhkan|diblokir|tidak benar|dikunci|terkunci|publik|diakses|invalid|digembok",
        "رابط|حساب|مستخدم|منشور|فيديو|صفحة|قناة|ملف|صورة|الهدف&غير صحيح|غير صالح|موجود|خاص|محذوف|حذف|غير متاح|خاطئ|خطأ|موقوف|معلق|لا يوجد|العثور|مغلق|محظور|مقفل",
        "لینک|حساب|کاربر|پست|ویدیو|صفحه|کانال|پروفایل&نامعتبر|اشتباه|یافت نشد|وجود ندارد|خصوصی|حذف|پیدا نشد|مسدود|بسته",
        "लिंक|प्रोफ़ाइल|उपयोगकर्ता|यूज़र|खाता|अकाउंट|पोस्ट|वीडियो|पेज|चैनल|यूआरएल&अमान्य|गलत|नहीं मिल|मौजूद नहीं|निजी|प्राइवेट|हटा|उपलब्ध नहीं|निलंबित|ब्लॉक|अवैध|सार्वजनिक|डिलीट|मान्य नहीं",
        "লিংক|প্রোফাইল|ব্যবহারকারী|অ্যাকাউন্ট|পোস্ট|ভিডিও&অবৈধ|ভুল|পাওয়া যায়নি|ব্যক্তিগত|মুছে",
        "لنک|پروفائل|صارف|اکاؤنٹ|پوسٹ|ویڈیو&غلط|نہیں ملا|موجود نہیں|نجی|حذف",
        "链接|連結|鏈接|网址|网页|用户|用戶|账号|帳號|帖子|视频|影片|主页|页面|频道|个人资料|目标|作品&无效|無效|错误|錯誤|不存在|私密|私人|删除|刪除|不正确|找不到|未找到|不可用|无法访问|封|不公开|停用|格式|未公开",
        "リンク|url|ユーザー|アカウント|投稿|動画|ページ|チャンネル|プロフィール&無効|正しく|存在し|非公開|削除|見つかり|間違|凍結|利用できま|不正",
        "링크|url|사용자|계정|게시물|동영상|영상|페이지|채널|프로필|주소&잘못|유효하지|존재하지|비공개|삭제|찾을 수 없|올바르지|정지|없습니다|차단",
        "ลิงก์|ลิงค์|ผู้ใช้|บัญชี|โพสต์|วิดีโอ|หน้า|ช่อง|โปรไฟล์&ไม่ถูกต้อง|ไม่พบ|ไม่มีอยู่|ส่วนตัว|ถูกลบ|ถูกระงับ|ไม่สามารถ",
        "link|gebruiker|profiel|account|bericht|utilizator|cont &ongeldig|onjuist|niet gevonden|bestaat niet|privé|verwijderd|invalid|incorect|nu există|privat|șters",
    ];
}
