using System.Runtime.InteropServices;

namespace Telegram.Client;

/// <summary>
/// How far an account's updates are applied: the counters of its common sequences.
/// See <see href="https://core.telegram.org/api/updates"/>.
/// </summary>
/// <param name="Pts">Private chats and basic groups.</param>
/// <param name="Qts">Secret chats and a few others.</param>
/// <param name="Date">Unix seconds of the last state.</param>
/// <param name="Seq">The containers themselves.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct UpdatePosition(int Pts, int Qts, int Date, int Seq);

/// <summary>How far the updates of one channel or supergroup are applied.</summary>
/// <param name="ChannelId">The channel's bare id.</param>
/// <param name="AccessHash">This account's access hash for it; 0 when it is not known.</param>
/// <param name="Pts">The channel's own counter. 0 in a batch: the account left the channel; forget its position.</param>
public sealed record ChannelPosition(long ChannelId, long AccessHash, int Pts);
