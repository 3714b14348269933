using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>One message written since the world began, shared by all who hold a copy of it.</summary>
internal sealed class StoredMessage(long number, PeerId from, int date, string text)
{
    /// <summary>Its place in the order of everything ever sent.</summary>
    public long Number => number;

    public PeerId From => from;

    public int Date => date;

    public string Text { get; set; } = text;

    public byte[]? Entities { get; set; }

    public int EditDate { get; set; }

    public long RandomId { get; init; }

    /// <summary>The ids it has in the boxes of those who hold it; for channels there is the channel's box alone.</summary>
    public MessageCopy[] Copies { get; set; } = [];

    public MessageCopy? CopyOf(PeerId owner)
    {
        foreach (var copy in Copies)
        {
            if (copy.Owner == owner)
            {
                return copy;
            }
        }

        return null;
    }
}

/// <summary>Where one holder keeps a message: in whose box, with which id, in which of that box's dialogs.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MessageCopy(PeerId Owner, int Id, PeerId Dialog, int ReplyTo);
