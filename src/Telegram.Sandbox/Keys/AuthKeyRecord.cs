using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Keys;

/// <summary>A line of the journal: the state of a key from then on. <see cref="Key"/> stands only in the first line of a key.</summary>
internal sealed record AuthKeyRecord(long Id, int DcId)
{
    public byte[]? Key { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public long? PermanentId { get; init; }

    public ClientInfo? Client { get; init; }

    public bool Destroyed { get; init; }
}
