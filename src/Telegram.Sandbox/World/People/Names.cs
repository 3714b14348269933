namespace Telegram.Sandbox.World;

/// <summary>What the people of the world are called: the alphabets, directions and pictures a client meets.</summary>
internal static class Names
{
    public static readonly Name[] All =
    [
        new("Анна", "Иванова", "anna", Speech.Russian),
        new("Дмитрий", "Соколов", "dmitry", Speech.Russian),
        new("Мария", "Кузнецова", "maria", Speech.Russian),
        new("Ольга 🌷", null, "olga", Speech.Russian),
        new("Сергей", "Ёлкин-Щукин", "sergey", Speech.Russian),
        new("Екатерина", "Великанова", "katya", Speech.Russian),
        new("Пётр", null, "petr", Speech.Russian),
        new("Наталья", "Лебедева", "natalia", Speech.Russian),
        new("Алексей", "Морозов", "alex", Speech.Russian),
        new("Юлия", "Зайцева ☀️", "julia", Speech.Russian),
        new("Emma", "Thompson", "emma", Speech.English),
        new("James", "O'Connor", "james", Speech.English),
        new("Zoë", "Müller", "zoe", Speech.English),
        new("🦊 Fox", null, "foxy", Speech.English),
        new("Liam", "Smith-Jones", "liam", Speech.English),
        new("Olivia", null, "olivia", Speech.English),
        new("小林", "さくら", "sakura", Speech.English),
        new("👨‍👩‍👧 Family", "Shop 🛒", "family", Speech.English),
        new("محمد", "الأحمد", "mohammed", Speech.Arabic),
        new("فاطمة", null, "fatima", Speech.Arabic),
        new("נועה", "כהן", "noa", Speech.Hebrew),
    ];

    public static readonly string[] Operators = ["Виктор", "Светлана", "Michael", "Алина", "Grace"];

    public static readonly string[] Bots = ["Delivery", "Notes", "Курс валют", "Weather ⛅"];

    internal sealed record Name(string First, string? Last, string Latin, Speech Speech);
}
