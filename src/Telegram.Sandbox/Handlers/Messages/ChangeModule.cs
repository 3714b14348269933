using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.Updates;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using TlUpdates = Telegram.Tl.Types.Updates;

namespace Telegram.Sandbox.Handlers;

/// <summary>What happens to messages after they were written: read, edited, deleted; and being about to write.</summary>
internal sealed class ChangeModule(WorldEngine world, Messenger messenger, IUpdatePublisher publisher) : IRpcModule
{
    private const int MaxIds = 1000;

    public void Map(RpcRouter router)
    {
        router.Map<MessagesReadHistory, MessagesAffectedMessages>(ReadHistory);
        router.Map<MessagesEditMessage, IUpdates>(EditMessage);
        router.Map<MessagesDeleteMessages, MessagesAffectedMessages>(DeleteMessages);
        router.Map<MessagesDeleteHistory, MessagesAffectedHistory>(DeleteHistory);
        router.Map<MessagesSetTyping, bool>(SetTyping);
        router.Map<MessagesReadMessageContents, MessagesAffectedMessages>(ReadMessageContents);
        router.Map<MessagesReceivedMessages, ReceivedNotifyMessage[]>((_, _) => Array.Empty<ReceivedNotifyMessage>());
    }

    private MessagesAffectedMessages ReadHistory(MessagesReadHistory request, RpcContext context)
    {
        var userId = context.RequireUserId();
        var peer = world.Read(state => InputPeers.Resolve(state, userId, request.Peer));
        return peer.Kind == PeerKind.Channel
            ? throw RpcErrorException.BadRequest("PEER_ID_INVALID")
            : Affected(messenger.Read(userId, peer, request.MaxId, context.SessionId));
    }

    private IUpdates EditMessage(MessagesEditMessage request, RpcContext context)
    {
        var userId = context.RequireUserId();
        MessageTexts.Check(request.Message ?? "", request.Entities);
        var entities = TlEntities.Write(request.Entities);
        return world.Change(context.SessionId, change =>
        {
            var peer = InputPeers.Resolve(change.State, userId, request.Peer);
            var box = change.State.Boxes.Of(peer.Kind == PeerKind.Channel ? peer : PeerId.User(userId));
            var edit = new MessageEdit(userId, peer, request.Id, request.Message!) { Entities = entities };
            return MessageEditing.Apply(change, box, edit) switch
            {
                EditRefusal.None => Edited(change.State, userId, box, request.Id),
                EditRefusal.NoMessage => throw RpcErrorException.BadRequest("MESSAGE_ID_INVALID"),
                EditRefusal.NotItsAuthor => throw new RpcErrorException(403, "MESSAGE_AUTHOR_REQUIRED"),
                EditRefusal.TooOld => throw RpcErrorException.BadRequest("MESSAGE_EDIT_TIME_EXPIRED"),
                _ => throw RpcErrorException.BadRequest("MESSAGE_NOT_MODIFIED"),
            };
        });
    }

    private static TlUpdates Edited(WorldState state, long userId, MessageBox box, int id)
    {
        var composer = new TlComposer(state, userId);
        var update = TlEvents.Update(state, composer, userId, box, new MessageEdited(box.Log.Pts, box.Log.LastDate, id))!;
        return new TlUpdates { UpdatesValue = [update], Users = composer.Users, Chats = composer.Chats, Date = box.Log.LastDate, Seq = 0 };
    }

    private MessagesAffectedMessages DeleteMessages(MessagesDeleteMessages request, RpcContext context)
    {
        var userId = context.RequireUserId();
        if (request.Id.Length > MaxIds)
        {
            throw RpcErrorException.BadRequest("LIMIT_INVALID");
        }

        world.Read(state => request.Revoke && Array.Exists(
            request.Id,
            id => state.Views.InBox(userId, id) is { } message && !Permissions.MayDeleteForAll(state, userId, message))
            ? throw new RpcErrorException(403, "MESSAGE_DELETE_FORBIDDEN")
            : true);
        return Affected(messenger.Delete(PeerId.User(userId), request.Id, request.Revoke, context.SessionId));
    }

    // A long history goes in pieces; the client asks again while the offset is not 0.
    private MessagesAffectedHistory DeleteHistory(MessagesDeleteHistory request, RpcContext context)
    {
        var userId = context.RequireUserId();
        var (ids, left) = world.Read(state =>
        {
            var peer = InputPeers.Resolve(state, userId, request.Peer);
            if (peer.Kind == PeerKind.Channel)
            {
                throw RpcErrorException.BadRequest("PEER_ID_INVALID");
            }

            var history = HistoryReader.History(state, userId, peer);
            var count = history is null ? 0 : request.MaxId > 0 ? history.CountBelow(request.MaxId + 1L) : history.Count;
            var piece = Enumerable.Range(Math.Max(count - MaxIds, 0), Math.Min(count, MaxIds)).Select(index => history![index]);
            return (piece.ToArray(), Math.Max(count - MaxIds, 0));
        });
        var result = messenger.Delete(PeerId.User(userId), ids, request.Revoke, context.SessionId);
        return new MessagesAffectedHistory { Pts = result.Pts, PtsCount = result.PtsCount, Offset = left };
    }

    private bool SetTyping(MessagesSetTyping request, RpcContext context)
    {
        var userId = context.RequireUserId();
        var (peer, now) = world.Read(state => (InputPeers.Resolve(state, userId, request.Peer), world.Now(state)));
        if (peer.Kind == PeerKind.User && peer.Id != userId)
        {
            publisher.Publish(peer.Id, new UpdateShort { Update = new UpdateUserTyping { UserId = userId, Action = request.Action }, Date = now });
        }

        return true;
    }

    private MessagesAffectedMessages ReadMessageContents(MessagesReadMessageContents request, RpcContext context)
    {
        var userId = context.RequireUserId();
        return world.Read(state => new MessagesAffectedMessages { Pts = state.Boxes.Of(userId).Log.Pts, PtsCount = 0 });
    }

    private static MessagesAffectedMessages Affected(PtsResult result) => new() { Pts = result.Pts, PtsCount = result.PtsCount };
}
