using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>Whom the updates of one answer or push name. Kept beside each of them until it is applied.</summary>
internal sealed record UpdateEnvelope(IReadOnlyList<IUser> Users, IReadOnlyList<IChat> Chats)
{
    public static UpdateEnvelope Empty { get; } = new([], []);
}

/// <summary>Updates that move a sequence as one: from <c>End - Count</c> to <c>End</c>.</summary>
/// <param name="End">The counter after them.</param>
/// <param name="Count">How many events they stand for.</param>
/// <param name="Updates">The updates; none when an answer only moved the counter.</param>
/// <param name="Envelope">Whom they name.</param>
/// <param name="Date">The container's date, where it moves the account's; otherwise 0.</param>
internal sealed record SequencedUpdates(int End, int Count, IReadOnlyList<IUpdate> Updates, UpdateEnvelope Envelope, int Date = 0)
{
    public long Start => (long)End - Count;
}
