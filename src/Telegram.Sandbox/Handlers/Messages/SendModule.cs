using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using TlUpdates = Telegram.Tl.Types.Updates;

namespace Telegram.Sandbox.Handlers;

/// <summary>Writing messages.</summary>
internal sealed class SendModule(WorldEngine world, Messenger messenger) : IRpcModule
{
    public void Map(RpcRouter router) => router.Map<MessagesSendMessage, IUpdates>(SendMessage);

    private IUpdates SendMessage(MessagesSendMessage request, RpcContext context)
    {
        var sender = context.RequireUserId();
        MessageTexts.Check(request.Message, request.Entities);
        if (request.RandomId == 0)
        {
            throw RpcErrorException.BadRequest("RANDOM_ID_EMPTY");
        }

        if (request.ScheduleDate is not null)
        {
            throw RpcErrorException.BadRequest("SCHEDULE_DATE_INVALID");
        }

        var draft = world.Read(state =>
        {
            var to = InputPeers.Resolve(state, sender, request.Peer);
            Permissions.RequireWrite(state, sender, to);
            return new MessageDraft(sender, to, request.Message)
            {
                Entities = TlEntities.Write(request.Entities),
                RandomId = request.RandomId,
                ReplyTo = ReplyTo(state, sender, to, request.ReplyTo),
            };
        });
        var sent = messenger.Send(draft, context.SessionId);
        return sent.Message.Peer.Kind == PeerKind.User ? Short(sent, request.Entities) : world.Read(state => Long(state, sender, draft, sent));
    }

    private static int ReplyTo(WorldState state, long sender, PeerId to, IInputReplyTo? input)
    {
        if (input is not InputReplyToMessage reply)
        {
            return input is null ? 0 : throw RpcErrorException.BadRequest("REPLY_TO_INVALID");
        }

        return state.Views.In(to, reply.ReplyToMsgId, sender) is { } message && message.Peer == to
            ? message.Id
            : throw RpcErrorException.BadRequest("REPLY_MESSAGE_ID_INVALID");
    }

    private static UpdateShortSentMessage Short(SentResult sent, IMessageEntity[]? entities) => new()
    {
        Out = sent.Message.Out,
        Id = sent.Message.Id,
        Pts = sent.Pts,
        PtsCount = sent.PtsCount,
        Date = sent.Message.Date,
        Entities = entities is null or [] ? null : entities,
    };

    // The id stands before the message: clients match the two in this order.
    private static TlUpdates Long(WorldState state, long sender, MessageDraft draft, SentResult sent)
    {
        var composer = new TlComposer(state, sender);
        var message = composer.Message(sent.Message);
        IUpdate added = sent.Message.Peer.Kind == PeerKind.Channel
            ? new UpdateNewChannelMessage { Message = message, Pts = sent.Pts, PtsCount = sent.PtsCount }
            : new UpdateNewMessage { Message = message, Pts = sent.Pts, PtsCount = sent.PtsCount };
        return new TlUpdates
        {
            UpdatesValue = [new UpdateMessageID { Id = sent.Message.Id, RandomId = draft.RandomId }, added],
            Users = composer.Users,
            Chats = composer.Chats,
            Date = sent.Message.Date,
            Seq = 0,
        };
    }
}
