namespace PanelServer.Providers.Client;

/// <summary>How panels say that something broke over there. None of it tells whether the order was taken before.</summary>
internal static class FaultPhrases
{
    /// <summary>Whatever stands beside them.</summary>
    public static string[] Certain { get; } =
    [
        "internal|went wrong|exception| sql|sqlstate|mysql|postgres|database|unexpected|fatal error|stack trace|traceback|null pointer|server error|bad gateway|gateway time|deadlock|connection refused|connection reset|segmentation|cannot read propert|undefined index|undefined variable|undefined array|syntax error",
        "dahili hata|sunucu hatası|iç hata|beklenmeyen|beklenmedik|bir şeyler ters|ters gitti|yanlış gitti|veritabanı",
        "внутренн|ошибка сервера|ошибка на сервере|пошло не так|непредвиденн|исключени|базы данных|базе данных",
        "внутрішн|пішло не так|помилка сервера|виняток|бази даних",
        "error interno|interno del servidor|salió mal|ha ido mal|error del servidor|error en el servidor|inesperado|excepción|base de datos",
        "erro interno|interno do servidor|deu errado|correu mal|erro do servidor|erro no servidor|inesperado|exceção|banco de dados|base de dados",
        "erreur interne|mal passé|mal tourné|erreur serveur|erreur du serveur|inattendue|base de données|s'est mal",
        "interner fehler|interner serverfehler|schiefgelaufen|schief gelaufen|schiefgegangen|schief gegangen|serverfehler|unerwartet|ausnahmefehler|datenbank",
        "errore interno|è andato storto|errore del server|imprevisto|eccezione|database",
        "wewnętrzn|poszło nie tak|błąd serwera|nieoczekiwan|wyjątek|bazy danych",
        "lỗi hệ thống|lỗi máy chủ|lỗi nội bộ|không mong muốn|cơ sở dữ liệu|ngoại lệ|lỗi server",
        "kesalahan internal|kesalahan server|kesalahan sistem|terduga|basis data|pengecualian|error internal|kesalahan pada server",
        "خطأ داخلي|خطأ في الخادم|خطأ بالخادم|غير متوقع|قاعدة البيانات|استثناء|خطأ في النظام|خطأ ما",
        "خطای داخلی|مشکلی پیش|خطای سرور|غیرمنتظره|پایگاه داده",
        "आंतरिक|कुछ गलत|सर्वर त्रुटि|सर्वर में|अप्रत्याशित|डेटाबेस",
        "অভ্যন্তরীণ|কিছু ভুল|সার্ভার ত্রুটি",
        "内部错误|內部錯誤|服务器错误|伺服器錯誤|出错了|出了点问题|出現問題|出现问题|异常|異常|数据库|資料庫|系统错误|系統錯誤",
        "内部エラー|サーバーエラー|問題が発生|例外|予期|データベース|システムエラー",
        "내부 오류|내부 서버|서버 오류|문제가 발생|예외|예기치|데이터베이스|시스템 오류",
        "ข้อผิดพลาดภายใน|ข้อผิดพลาดของเซิร์ฟเวอร์|มีบางอย่างผิด|ฐานข้อมูล",
    ];

    /// <summary>Where nothing else is said.</summary>
    public static string[] Likely { get; } =
    [
        "unknown error|error occurred|error has occurred|error while|failed to process|could not process|unable to process|processing error|system error|application error|failed to connect|could not connect|connection error|timeout|timed out|time out|crash| oops |call to a member function|call to undefined|non object|on null|undefined method|has gone away",
        "hata oluştu|bilinmeyen hata|bir sorun oluştu|произошла ошибка|неизвестная ошибка|системная ошибка|сталася помилка|невідома помилка",
        "ocurrido un error|ocurrió un error|error desconocido|ocorreu um erro|erro desconhecido|erreur inconnue|erreur s'est produite|erreur est survenue|unbekannter fehler|fehler ist aufgetreten|fehler aufgetreten",
        "errore sconosciuto|si è verificato un|nieznany błąd|wystąpił błąd|xảy ra lỗi|lỗi xảy ra|lỗi không xác định|terjadi kesalahan|kesalahan tidak diketahui|gangguan",
        "حدث خطأ|خطأ غير معروف|خطایی رخ|خطای ناشناخته|त्रुटि हुई|अज्ञात त्रुटि|未知错误|发生错误|發生錯誤|エラーが発生|不明なエラー|오류가 발생|알 수 없는 오류|เกิดข้อผิดพลาด",
    ];
}
