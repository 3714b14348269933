namespace Telegram.Sandbox.World;

/// <summary>
/// Something that happened in a box and moved its pts (https://core.telegram.org/api/updates): <see cref="Pts"/> is the value after it,
/// <see cref="PtsCount"/> how far it moved.
/// </summary>
internal abstract record BoxEvent(int Pts, int PtsCount, int Date);

internal sealed record MessageAdded(int Pts, int Date, int Id) : BoxEvent(Pts, 1, Date);

internal sealed record MessageEdited(int Pts, int Date, int Id) : BoxEvent(Pts, 1, Date);

internal sealed record MessagesDeleted(int Pts, int PtsCount, int Date, int[] Ids) : BoxEvent(Pts, PtsCount, Date);

internal sealed record InboxRead(int Pts, int Date, PeerId Peer, int MaxId, int StillUnread) : BoxEvent(Pts, 1, Date);

internal sealed record OutboxRead(int Pts, int Date, PeerId Peer, int MaxId) : BoxEvent(Pts, 1, Date);
