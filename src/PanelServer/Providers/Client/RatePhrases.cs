namespace PanelServer.Providers.Client;

/// <summary>How panels say "not now": too many calls, maintenance, later.</summary>
internal static class RatePhrases
{
    public static string[] Calls { get; } =
    [
        "rate limit|too many request|too many call|too many attempt|too many failed|slow down|too frequent|throttl|flood",
        "çok fazla istek|слишком много запрос|слишком част|забагато запитів|demasiadas solicitud|demasiadas peticion|muitas requisic|muitas solicit|trop de requêtes|zu viele anfragen|troppe richieste|zbyt wiele żądań|quá nhiều yêu cầu|terlalu banyak permintaan|طلبات كثيرة جدا|बहुत अधिक अनुरोध|请求过多|请求过于频繁|請求過多|リクエストが多すぎ|요청이 너무 많|คำขอมากเกินไป",
    ];

    public static string[] Maintenance { get; } =
    [
        "maintenance|maintain|temporarily|temporary|being updated|system update|being upgraded|upgrading|technical work|server down|is down|is offline|back soon|service unavailable|overload|updating our|updating the|are updating|performing upgrade|performing update|ordering is paused|ordering is closed|ordering is disabled|orders are paused|orders are disabled|orders are closed|not accepting|not taking",
        "bakım|geçici olarak|güncelleniyor|güncelleme yapıl",
        "технич|техработ|обслуживани|профилакт|временно|обновляется|обновлени",
        "техніч|обслуговуван|тимчасов|профілакт|оновлюється",
        "mantenimiento|temporalmente|actualizando|fuera de línea",
        "manutenção|temporariamente|atualizando|fora do ar",
        "temporairement|mise à jour|hors ligne",
        "wartung|gewartet|vorübergehend|aktualisiert|zeitweise",
        "manutenzione|temporaneamente|aggiornamento",
        "konserwac|prace techn|przerwa techn|tymczasow|aktualizac",
        "bảo trì|tạm thời|nâng cấp|đang cập nhật|bảo dưỡng",
        "pemeliharaan|perbaikan|perawatan|sementara|pembaruan",
        "صيانة|الصيانة|مؤقت|التحديث",
        "تعمیر|نگهداری|موقتا|بروزرسانی",
        "रखरखाव|मेंटेनेंस|अनुरक्षण|अस्थायी|मरम्मत|अपडेट हो",
        "রক্ষণাবেক্ষণ|সাময়িক|دیکھ بھال|عارضی",
        "维护|維護|维修|維修|暂时|暫時|升级|升級",
        "メンテナンス|一時的|保守",
        "점검|유지보수|유지 보수|일시적",
        "ปรับปรุง|บำรุงรักษา|ชั่วคราว|ซ่อม",
        "onderhoud|tijdelijk|mentenanță|întreținere",
    ];

    /// <summary>Where nothing says more.</summary>
    public static string[] Later { get; } =
    [
        "try again|try later|later|retry|please wait| wait | busy|high demand|too fast|come back|queue is full",
        "daha sonra|tekrar dene|bekleyin|yoğun|meşgul",
        "позже|повторите|попробуйте|подожд|перегруж|занят",
        "пізніше|спробуйте|зачек|зайнят|перевантаж",
        "más tarde|intente|inténtelo|espere|ocupad|sobrecarg",
        "mais tarde|tente novamente|aguarde|ocupad|sobrecarreg",
        "plus tard|réessay|patient|occupé|surcharg",
        "später|erneut versuchen|versuchen sie|warten|ausgelastet|überlastet|beschäftigt",
        "più tardi|riprova|attend|occupat|sovraccaric",
        "później|spróbuj|poczekaj|zajęty|przeciąż",
        "thử lại|vui lòng chờ|vui lòng đợi|quá tải|đang bận|xin chờ",
        "coba lagi|nanti|tunggu|sibuk|padat",
        "لاحقا|حاول|انتظر|مشغول|الضغط|بعدا|دوباره|صبر|شلوغ",
        "बाद में|पुनः प्रयास|फिर से|प्रतीक्षा|व्यस्त|পরে|আবার চেষ্টা",
        "稍后|稍後|重试|重試|频繁|等待|繁忙|忙",
        "後で|再試行|お待ち|混雑|ビジー|しばらく",
        "나중에|다시 시도|기다|잠시|혼잡|바쁩",
        "ลองใหม่|ภายหลัง|รอสักครู่|ไม่ว่าง",
        "probeer|mai târziu|din nou",
    ];
}
