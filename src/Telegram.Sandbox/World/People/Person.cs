namespace Telegram.Sandbox.World;

internal enum Speech : byte
{
    Russian,
    English,
    Arabic,
    Hebrew,
}

internal sealed record Person(long Id, string Phone, string? Username, string FirstName, string? LastName)
{
    public bool IsBot { get; init; }

    public bool IsOperator { get; init; }

    /// <summary>Only those who have them in their contacts see the phone.</summary>
    public bool HidesPhone { get; init; }

    public Speech Speech { get; init; }

    public string About { get; init; } = "";
}
