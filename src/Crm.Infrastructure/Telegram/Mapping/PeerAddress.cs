using Telegram.Client;
using Telegram.Tl.Types;
using DialogPeer = Crm.Application.Ports.Telegram.DialogPeer;

namespace Crm.Infrastructure.Telegram.Mapping;

/// <summary>How a request names a dialog's other side.</summary>
internal static class PeerAddress
{
    public static IInputPeer Of(DialogPeer peer) =>
        PeerKey.TryParseMarkedId(peer.DialogId, out var key)
            ? key.ToInputPeer(peer.AccessHash)
            : throw new ArgumentException("No dialog can have this id.", nameof(peer));
}
