namespace Telegram.Sandbox.World;

/// <summary>What people say. <c>{0}</c> stands for a number.</summary>
internal static class Phrases
{
    private static readonly string[] RussianCustomer =
    [
        "Здравствуйте! Подскажите, заказ №{0} уже отправили?",
        "Спасибо большое 🙏",
        "А сколько будет стоить доставка до Казани?",
        "Мне нужен другой размер, {0}-й есть?",
        "Деньги списались дважды, посмотрите, пожалуйста.",
        "Ок",
        "Буду дома после 18:00, курьер может подъехать?",
        "👍",
        "Пришлите счёт на {0} ₽, пожалуйста",
        "Не могу войти в личный кабинет: пишет «неверный код».\nЧто делать?",
        "Отлично, жду!",
        "Это \"та самая\" модель <b>X-{0}</b> & чехол к ней?",
    ];

    private static readonly string[] RussianOperator =
    [
        "Добрый день! Сейчас проверю.",
        "Заказ №{0} передан в доставку, трек-номер пришлём сегодня.",
        "Да, есть в наличии 🙂",
        "К сожалению, этот размер закончился. Ожидаем через {0} дн.",
        "Вернули {0} ₽ на карту, деньги придут в течение трёх дней.",
        "Пожалуйста! Обращайтесь 🌷",
        "Уточните, пожалуйста, номер заказа.",
        "Курьер позвонит за час.",
    ];

    private static readonly string[] EnglishCustomer =
    [
        "Hi! Is order #{0} on its way?",
        "Thanks a lot!",
        "How much is shipping to Berlin?",
        "Could I get it in size {0} instead?",
        "I was charged twice 😕",
        "ok",
        "The link doesn't open: https://example.com/orders/{0}?ref=chat&lang=en",
        "🎉🎉🎉",
        "Can you send an invoice for €{0}?\n\nCompany: Smith & Sons Ltd.",
        "When are you open tomorrow?",
    ];

    private static readonly string[] EnglishOperator =
    [
        "Hello! Let me check that for you.",
        "Order #{0} left our warehouse this morning.",
        "Yes, we have it in stock.",
        "We refunded €{0}; it takes up to three days.",
        "Could you tell me your order number?",
        "You're welcome 🙂",
        "We are open 9–18, Monday to Friday.",
    ];

    private static readonly string[] Arabic = ["مرحبا، أين طلبي رقم {0}؟", "شكرا جزيلا 🌹", "كم سعر التوصيل؟", "حسنا", "هل المنتج متوفر؟"];

    private static readonly string[] Hebrew = ["שלום, איפה ההזמנה {0}?", "תודה רבה!", "כמה עולה המשלוח?", "בסדר 👌", "אפשר קבלה על {0} ₪?"];

    public static string[] Of(Speech speech, bool toCustomer) => (speech, toCustomer) switch
    {
        (Speech.Russian, false) => RussianCustomer,
        (Speech.Russian, true) => RussianOperator,
        (Speech.Arabic, false) => Arabic,
        (Speech.Hebrew, false) => Hebrew,
        (_, true) => EnglishOperator,
        _ => EnglishCustomer,
    };

    public static string Pick(Speech speech, bool toCustomer, ulong seed)
    {
        var phrases = Of(speech, toCustomer);
        var phrase = phrases[seed % (ulong)phrases.Length];
        return phrase.Replace("{0}", ((seed >> 20) % 10_000).ToString(), StringComparison.Ordinal);
    }
}
