namespace Telegram.Sandbox.World;

/// <summary>The people operators talk with, computed from their number (1, 2, …); all operators know the same ones.</summary>
internal static class Customers
{
    private const long OddBase = 6_200_000_000;
    private const long EvenBase = 700_000_000;
    private const int BotEvery = 13;

    public static long IdOf(int number) => (number % 2 == 0 ? EvenBase : OddBase) + number;

    /// <summary>The number behind a user id; false for ids that cannot be a customer's. Half of the ids need more than 32 bits.</summary>
    public static bool TryNumber(long userId, out int number)
    {
        var candidate = userId - (userId >= OddBase ? OddBase : EvenBase);
        number = candidate is > 0 and <= Population.MaxCustomers ? (int)candidate : 0;
        return number > 0 && IdOf(number) == userId;
    }

    public static Person Get(int number) => number % BotEvery == 0 ? Bot(number) : Human(number);

    /// <summary>Usernames end in the customer's number, which is how one is found by it.</summary>
    public static bool TryNumber(string username, out int number)
    {
        var end = username.EndsWith("_bot", StringComparison.OrdinalIgnoreCase) ? username.Length - 4 : username.Length;
        var start = end;
        while (start > 0 && char.IsAsciiDigit(username[start - 1]))
        {
            start--;
        }

        return int.TryParse(username.AsSpan(start, end - start), out number)
            && number is > 0 and <= Population.MaxCustomers
            && string.Equals(Get(number).Username, username, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An area code no operator assigns, so that no phone in the world rings anywhere.</summary>
    public static string PhoneOf(int number) => $"7000{number:D7}";

    public static bool TryNumberOfPhone(string digits, out int number)
    {
        number = 0;
        return digits.Length == 11 && digits.StartsWith("7000", StringComparison.Ordinal)
            && int.TryParse(digits.AsSpan(4), out number) && number is > 0 and <= Population.MaxCustomers
            && number % BotEvery != 0;
    }

    private static Person Human(int number)
    {
        var name = Names.All[Mix.Pick(Names.All.Length, number, 1)];
        return new Person(
            IdOf(number),
            PhoneOf(number),
            Mix.OneIn(4, number, 2) ? null : $"{name.Latin}_{number}",
            name.First,
            name.Last)
        {
            Speech = name.Speech,
            HidesPhone = Mix.OneIn(5, number, 3),
            About = Mix.OneIn(3, number, 4) ? "Пишу, когда есть что сказать." : "",
        };
    }

    private static Person Bot(int number)
    {
        var name = Names.Bots[Mix.Pick(Names.Bots.Length, number, 1)];
        return new Person(IdOf(number), "", $"helper_{number}_bot", name, "Bot")
        {
            IsBot = true,
            Speech = Speech.English,
            About = "I am a program.",
        };
    }
}
