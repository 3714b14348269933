using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

internal enum PeerKind : byte
{
    User,
    Chat,
    Channel,
}

/// <summary>Whom a dialog is with. <see cref="Marked"/> is the Bot API's single number for it: −id for groups, −100… for channels.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PeerId(PeerKind Kind, long Id)
{
    private const long ChannelMark = -1_000_000_000_000;

    public long Marked => Kind switch
    {
        PeerKind.User => Id,
        PeerKind.Chat => -Id,
        _ => ChannelMark - Id,
    };

    public static PeerId User(long id) => new(PeerKind.User, id);

    public static PeerId Chat(long id) => new(PeerKind.Chat, id);

    public static PeerId Channel(long id) => new(PeerKind.Channel, id);

    public static PeerId FromMarked(long marked) => marked switch
    {
        >= 0 => User(marked),
        > ChannelMark => Chat(-marked),
        _ => Channel(ChannelMark - marked),
    };

    public override string ToString() => Marked.ToString();
}
