namespace PanelServer.Providers.Client;

/// <summary>How panels say that another order for the same target is under way.</summary>
internal static class BusyPhrases
{
    public static string[] All { get; } =
    [
        "active order|order in progress|already in progress|is in progress|already has an|already have an|already have a|existing order|previous order|pending order|another order|other order|order already|already been ordered|already ordered|already active|already running|already pending|already processing|already being|still in progress|still processing|still active|still running|duplicate|being completed|being processed|until order|until the order|until your order|until the previous|previous one|running order|order is running|order running|unfinished order|uncompleted order|incomplete order|current order|order exists",
        "order with this|order with the same|order for this|order for the same&already|exists|running|active|pending|not finished|not completed|is open!not exist|inactive|not active",
        "sipariş&aktif bir|aktif sipariş|devam eden|bekleyen|önceki|tamamlanmamış|zaten|tamamlanana|tamamlanması|tamamlanmadan|işlemde|devam ediyor",
        "заказ&активн|уже есть|выполняется|уже существует|предыдущ|незаверш|дождитесь|в работе|в процессе|уже обрабат|уже в обработк|уже был|уже создан|текущ|завершен|дубл!неактивн",
        "замовлення&активн|вже є|виконується|попередн|незаверш|дочека|вже існує|в роботі|завершен!неактивн",
        "pedido|orden& activ|en curso|en proceso|pendiente|anterior|ya existe|ya tiene|ya hay|espere|se complete|duplicad",
        "pedido|ordem|encomenda& ativ|em andamento|em processamento|pendente|anterior|já existe|já possui|já tem|já há|aguarde|conclu|duplicad",
        "commande& active|en cours|déjà|précédente|en attente|terminée|attendez|doublon",
        "bestellung|auftrag& aktiv|läuft|laufend|bereits|vorherig|offene|abgeschlossen|in bearbeitung",
        "ordine& attiv|in corso| già|precedente|in sospeso|attendere|completat|duplicat",
        "zamówieni& aktywn|w trakcie| już|poprzedni|oczekuj|poczekaj|w realizacji|zakończ",
        "đơn hàng|đơn&đang hoạt động|đang chạy|đang xử lý|đang được|đang thực hiện|đang trong|trước|đã tồn tại|đã có|chưa hoàn|hoàn thành|hoàn tất",
        "pesanan|order&aktif|sedang|berjalan|sebelumnya|belum selesai|sudah ada|masih|selesai|diproses!tidak aktif",
        "طلب&نشط|قيد التنفيذ|جاري|جار |سابق|بالفعل|مسبق|انتظ|اكتمال|يكتمل|معلق|حالي",
        "سفارش&فعال|در حال|قبلی|قبلا|تکمیل",
        "ऑर्डर|आर्डर|आदेश&सक्रिय|पहले से|चल रहा|प्रगति|पिछल|पूरा होने|प्रतीक्षा|लंबित|जारी",
        "অর্ডার&সক্রিয়|চলমান|আগের|ইতিমধ্যে",
        "订单|訂單&进行中|進行中|已存在|已有|未完成|正在|等待|重复|重複|完成后|完成後|处理中|處理中",
        "注文&進行中|既に|すでに|処理中|完了|重複|実行中",
        "주문&진행|이미|완료|처리 중|중복",
        "คำสั่งซื้อ|ออเดอร์|ออร์เดอร์&อยู่|กำลัง|แล้ว|ก่อนหน้า|เสร็จ",
        "bestelling|comand&actieve|lopende|al een|voltooid|activă|în curs|deja",
    ];
}
