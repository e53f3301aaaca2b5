namespace PanelServer.Providers.Client;

/// <summary>How panels say that a service is not there any more.</summary>
internal static class ServicePhrases
{
    public static string[] All { get; } =
    [
        "service|package|product&no longer|discontinued|removed|deleted|not found|not exist|doesn't exist|does not exist|disabled|inactive|not active|available|invalid|incorrect|unknown|wrong|deactivated|closed|stopped|retired|not offered|out of stock|sold out|not supported|service id is|neworder error|not enabled|gone|suspended",
        "servis|hizmet|paket|ürün&geçersiz|bulunam|aktif değil|pasif|kaldırıl|mevcut değil|kapalı|devre dışı|yok|yanlış|hatalı|kullanılam|kapatıl|artık|durdurul|silin|verilmiyor",
        "услуг|сервис|пакет|тариф&не найден|недоступ|не существ|отключ|неактив|не актив|удален|невер|больше не|снят|закрыт|неправ|приостан|не доступ|нет такой|не работает|некоррект|не предостав",
        "послуг|сервіс&не знайден|недоступ|не існу|вимкн|неактив|видален|невір|більше не|не активн",
        "servicio|paquete&disponible|no existe|encontr|inactiv|desactivad|deshabilitad|eliminad|inválid|incorrect|ya no|descontinuad|suspendid|no está|válid|retirad|desconocid",
        "serviço|pacote&indisponível|disponível|não existe|encontrad|inativ|desativad|desabilitad|removid|inválid|incorret|não está|descontinuad|desconhecid",
        "service&introuvable|existe|désactivé|inactif|supprimé|invalide|incorrect|disponible|arrêté|n'est plus|interrompu|inconnu",
        "dienst|service|leistung|paket&gefunden|verfügbar|existiert|deaktiviert|inaktiv|eingestellt|entfernt|ungültig|nicht mehr|falsch|gibt es nicht|abgeschaltet|nicht aktiv|unbekannt",
        "servizio&disponibile|non esiste|trovat|disattivat|inattiv|rimoss|non valid|non è più|dismess|sospes|errat|disabilitat|eliminat|sconosciut",
        "usługa|usługi|serwis&niedostępn|istnieje|znalez|wyłączon|nieaktywn|usunięt|nieprawidłow|wycofan|niepoprawn|dostępna",
        "dịch vụ|gói&không tồn tại|khả dụng|ngừng|bị xóa|không hoạt động|không hợp lệ|vô hiệu|không còn|tạm dừng|tìm thấy|đã đóng|bị tắt|dừng|không đúng|không có",
        "layanan|servis|service|paket&tersedia|ditemukan|tidak aktif|dihapus|nonaktif|dinonaktifkan|tidak ada|tidak valid|salah|ditutup|dihentikan|tidak lagi|sudah tidak",
        "خدمة|الخدمة|الباقة&غير متاح|غير متوفر|موجود|معطل|متوقف|إيقاف|غير صحيح|غير صالح|غير مفعل|حذف|محذوف|لم تعد|نشط|لا توجد|إلغاء|توقف",
        "سرویس|خدمات&یافت نشد|وجود ندارد|غیرفعال|غیر فعال|دسترس نیست|حذف|نامعتبر",
        "सेवा|सर्विस|पैकेज&उपलब्ध नहीं|नहीं मिल|बंद|निष्क्रिय|हटा|अमान्य|मौजूद नहीं|गलत|अक्षम|सक्रिय नहीं",
        "সেবা|পরিষেবা|সার্ভিস&উপলব্ধ|নেই|বন্ধ|নিষ্ক্রিয়|পাওয়া যায়নি",
        "سروس&دستیاب|موجود نہیں|غیر فعال|بند",
        "服务|服務|套餐|项目|产品|商品&不存在|不可用|停用|下架|关闭|關閉|无效|無效|停止|未找到|找不到|删除|禁用|终止",
        "サービス&存在し|利用できま|無効|終了|停止|見つかり|提供し|廃止",
        "서비스|상품&존재하지|사용할 수 없|비활성|중단|종료|찾을 수 없|유효하지|삭제|이용할 수 없|없습니다",
        "บริการ&ไม่พบ|ไม่มี|ปิด|ไม่พร้อม|ยกเลิก|ไม่ถูกต้อง|หยุด",
        "dienst|serviciu&beschikbaar|bestaat niet|indisponibil|nu există|inactiv",
    ];
}
