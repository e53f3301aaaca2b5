namespace PanelServer.Providers.Client;

/// <summary>How panels say that they take no more orders for now.</summary>
internal static class LimitPhrases
{
    /// <summary>A limit on orders, accounts or days; not one on how much an order asks for.</summary>
    public static string[] Limits { get; } =
    [
        "limit|quota|maximum|exceed|too many&daily|per day|today|hour|orders|reached|per link|for this link|account",
        "max |max. |only|not more than|no more than|at most|up to&orders&per |an hour|a day|a week|reached|allowed|at a time|at once|in a row|daily",
        "limit|kota|sınır|azami|çok fazla&günlük|sipariş|ulaş|aşıl|aşt|dold|hesap",
        "лимит|квот|превы|ограничени|предел|слишком много&сутк|суточ|дневн|день|заказ|достиг|исчерпан|аккаунт",
        "ліміт|квот|перевищ|обмежен|забагато&добов|денн|день|замовлен|досягн|вичерпан",
        "límite|cuota|tope|máximo|excedi|demasiados&diari|día|pedidos|órdenes|alcanz|super|cuenta|excedi",
        "limite|cota|máximo|excedi|muitos&diári|dia|pedidos|atingi|alcanç|conta|excedi|ultrapass",
        "limite|quota|plafond|maximum|dépass|trop de&quotidien|journali|jour|commandes|atteint|dépass",
        "limit|kontingent|höchst|maximal|grenze|zu viele&täglich|tages|tag|bestellungen|aufträge|erreicht|überschritten|erschöpft",
        "limite|quota|massimo|superat|troppi&giornalier|giorno|ordini|raggiunt|superat",
        "limit|przekroczon|zbyt wiele|za dużo|maksym&dzienn|dzień|zamówień|osiągn|przekroczon|wyczerp",
        "giới hạn|hạn mức|vượt quá|quá nhiều|tối đa&hàng ngày|mỗi ngày|trong ngày|đơn hàng|đã đạt|hôm nay",
        "batas|limit|kuota|terlalu banyak|melebihi|maksimum|maksimal&harian|hari|pesanan|tercapai|mencapai|terlampaui|habis",
        "الحد|حد |تجاوز|حصة|الكثير&يومي|اليوم|طلبات|وصلت|بلغت|تجاوز|الطلبات",
        "محدودیت|سقف|حد مجاز|بیش از حد&روزانه|سفارش|رسید",
        "सीमा|लिमिट|कोटा|अधिकतम|बहुत अधिक&दैनिक|प्रतिदिन|ऑर्डर|पहुँच|पहुंच|पार|समाप्त",
        "সীমা&দৈনিক|অর্ডার|অতিক্রম",
        "限制|上限|限额|限額|超过|超出|配额|太多&每日|每天|今日|今天|订单|訂單|达到|已达|已達",
        "上限|制限|超え|多すぎ&1日|日の|注文|達し|超え",
        "한도|제한|초과|너무 많&하루|일일|주문|도달|초과",
        "จำกัด|เกิน|โควต้า|มากเกินไป&ต่อวัน|รายวัน|คำสั่งซื้อ|ถึง|ครบ",
        "limiet|limita&dag|bestellingen|bereikt|zilnic|comenzi|atins",
    ];

    /// <summary>A limit of which it is not said on what.</summary>
    public static string[] Vague { get; } =
    [
        " limit|quota|quota exceeded|limit|kota|лимит|ліміт|límite|limite|giới hạn|batas|kuota|الحد الأقصى|सीमा|上限|限额|制限|한도|จำกัด|محدودیت",
    ];
}
