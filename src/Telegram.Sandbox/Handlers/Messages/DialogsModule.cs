using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Lists of dialogs.</summary>
internal sealed class DialogsModule(WorldEngine world) : IRpcModule
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const int MaxPeers = 100;
    private const int MaxPinned = 5;
    private const int ArchiveFolder = 1;

    public void Map(RpcRouter router)
    {
        router.Map<MessagesGetDialogs, IMessagesDialogs>(GetDialogs);
        router.Map<MessagesGetPinnedDialogs, MessagesPeerDialogs>(GetPinnedDialogs);
        router.Map<MessagesGetPeerDialogs, MessagesPeerDialogs>(GetPeerDialogs);
        router.Map<MessagesToggleDialogPin, bool>(ToggleDialogPin);
        router.Map<MessagesGetDialogFilters, MessagesDialogFilters>((_, _) => new MessagesDialogFilters { Filters = [new DialogFilterDefault()] });
        router.Map<MessagesGetSuggestedDialogFilters, DialogFilterSuggested[]>((_, _) => Array.Empty<DialogFilterSuggested>());
        router.Map<MessagesGetDialogUnreadMarks, IDialogPeer[]>((_, _) => Array.Empty<IDialogPeer>());
    }

    private IMessagesDialogs GetDialogs(MessagesGetDialogs request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        var limit = request.Limit switch
        {
            < 0 => throw RpcErrorException.BadRequest("LIMIT_INVALID"),
            0 => DefaultLimit,
            _ => Math.Min(request.Limit, MaxLimit),
        };
        if (IsArchive(request.FolderId))
        {
            return new MessagesDialogs { Dialogs = [], Messages = [], Chats = [], Users = [] };
        }

        return world.Read(state =>
        {
            var offsets = new DialogOffsets(
                Math.Max(request.OffsetDate, 0), Math.Max(request.OffsetId, 0), OffsetPeer(state, viewer, request.OffsetPeer), limit, request.ExcludePinned);
            var page = DialogList.Page(state, viewer, offsets);
            return ResultHash.IsCurrent(request.Hash, page.Dialogs.SelectMany(HashOf))
                ? new MessagesDialogsNotModified { Count = page.Total }
                : Answer(new TlComposer(state, viewer), page);
        });
    }

    private static IMessagesDialogs Answer(TlComposer composer, DialogPage page)
    {
        var (dialogs, messages) = composer.Dialogs(page.Dialogs);
        return dialogs.Length == page.Total
            ? new MessagesDialogs { Dialogs = dialogs, Messages = messages, Chats = composer.Chats, Users = composer.Users }
            : new MessagesDialogsSlice
            {
                Count = page.Total,
                Dialogs = dialogs,
                Messages = messages,
                Chats = composer.Chats,
                Users = composer.Users,
            };
    }

    private static IEnumerable<long> HashOf(DialogView view) => [view.Peer.Marked, view.TopMessage, view.ReadInboxMaxId, view.Unread];

    private static PeerId? OffsetPeer(WorldState state, long viewer, IInputPeer input)
    {
        try
        {
            return InputPeers.ResolveOptional(state, viewer, input);
        }
        catch (RpcErrorException)
        {
            throw RpcErrorException.BadRequest("OFFSET_PEER_ID_INVALID");
        }
    }

    private static bool IsArchive(int? folder) => folder switch
    {
        null or 0 => false,
        ArchiveFolder => true,
        _ => throw RpcErrorException.BadRequest("FOLDER_ID_INVALID"),
    };

    private MessagesPeerDialogs GetPinnedDialogs(MessagesGetPinnedDialogs request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        var isArchive = IsArchive(request.FolderId);
        return world.Read(state => PeerDialogs(state, viewer, isArchive ? [] : DialogList.Pinned(state, viewer), context));
    }

    private MessagesPeerDialogs GetPeerDialogs(MessagesGetPeerDialogs request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        if (request.Peers.Length is 0 or > MaxPeers)
        {
            throw RpcErrorException.BadRequest(request.Peers.Length == 0 ? "INPUT_PEERS_EMPTY" : "LIMIT_INVALID");
        }

        return world.Read(state =>
        {
            var peers = request.Peers.Select(input => DialogPeer(state, viewer, input));
            var views = peers.Select(peer => DialogList.Find(state, viewer, peer) ?? new DialogView(peer, 0, 0, 0, 0, 0));
            return PeerDialogs(state, viewer, [.. views], context);
        });
    }

    private static MessagesPeerDialogs PeerDialogs(WorldState state, long viewer, List<DialogView> views, RpcContext context)
    {
        var composer = new TlComposer(state, viewer);
        var (dialogs, messages) = composer.Dialogs(views);
        return new MessagesPeerDialogs
        {
            Dialogs = dialogs,
            Messages = messages,
            Chats = composer.Chats,
            Users = composer.Users,
            State = UpdatesModule.State(state, viewer, context),
        };
    }

    private bool ToggleDialogPin(MessagesToggleDialogPin request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Change(context.SessionId, change =>
        {
            var peer = DialogPeer(change.State, viewer, request.Peer);
            if (DialogList.Find(change.State, viewer, peer) is not { } view)
            {
                throw RpcErrorException.BadRequest("PEER_HISTORY_EMPTY");
            }

            if (request.Pinned && !view.Pinned && change.State.Boxes.Of(viewer).Pinned.Count >= MaxPinned)
            {
                throw RpcErrorException.BadRequest("PINNED_DIALOGS_TOO_MUCH");
            }

            change.Commit(new DialogPinned(viewer, peer.Marked, request.Pinned));
            return true;
        });
    }

    private static PeerId DialogPeer(WorldState state, long viewer, IInputDialogPeer input) => input is InputDialogPeer dialog
        ? InputPeers.Resolve(state, viewer, dialog.Peer)
        : throw RpcErrorException.BadRequest("PEER_ID_INVALID");
}
