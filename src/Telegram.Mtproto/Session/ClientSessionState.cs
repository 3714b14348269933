using System.Runtime.InteropServices;

namespace Telegram.Mtproto.Session;

/// <summary>What is worth keeping of a session when the process ends; the session itself begins anew.</summary>
/// <param name="Salts">The salts known, in order of their validity.</param>
/// <param name="TimeOffset">The server's clock minus the local one.</param>
public sealed record ClientSessionState(IReadOnlyList<ServerSalt> Salts, TimeSpan TimeOffset)
{
    /// <summary>The state after a handshake.</summary>
    /// <param name="firstSalt">The first salt.</param>
    /// <param name="timeOffset">The server's clock minus the local one.</param>
    public static ClientSessionState AfterHandshake(long firstSalt, TimeSpan timeOffset) =>
        new([new ServerSalt(firstSalt, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)], timeOffset);

    /// <summary>Names the type only: salts do not belong in a log.</summary>
    public override string ToString() => nameof(ClientSessionState);
}

/// <summary>A server salt and when it is valid, by the server's clock.</summary>
/// <param name="Value">The salt.</param>
/// <param name="ValidSince">From when; <see cref="DateTimeOffset.MinValue"/> if that is not known.</param>
/// <param name="ValidUntil">Until when; <see cref="DateTimeOffset.MaxValue"/> if that is not known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ServerSalt(long Value, DateTimeOffset ValidSince, DateTimeOffset ValidUntil);
