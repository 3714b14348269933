namespace Telegram.Sandbox.World;

/// <summary>How large the computed part of the world is.</summary>
internal sealed record WorldSize(int Operators, int DialogsPerOperator, int MessagesPerDialog)
{
    /// <summary>Message ids are 32-bit and must leave room for what is still to be written.</summary>
    private const int MaxComputedMessages = 1_000_000_000;

    /// <summary>A size within what ids and phones can tell apart.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static WorldSize Of(int operators, int dialogsPerOperator, int messagesPerDialog)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(operators, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(operators, Population.MaxOperators);
        ArgumentOutOfRangeException.ThrowIfNegative(dialogsPerOperator);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dialogsPerOperator, Population.MaxCustomers);
        ArgumentOutOfRangeException.ThrowIfNegative(messagesPerDialog);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            messagesPerDialog,
            MaxComputedMessages / (dialogsPerOperator + WorldShape.GroupsPerOperator));
        return new WorldSize(operators, dialogsPerOperator, messagesPerDialog);
    }

    public override string ToString() =>
        $"{Operators} operators, {DialogsPerOperator} dialogs per operator and {MessagesPerDialog} messages per dialog";
}
