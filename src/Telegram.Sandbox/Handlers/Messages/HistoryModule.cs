using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Reading messages: histories, single messages, search.</summary>
internal sealed class HistoryModule(WorldEngine world) : IRpcModule
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const int MaxIds = 200;

    public void Map(RpcRouter router)
    {
        router.Map<MessagesGetHistory, IMessagesMessages>(GetHistory);
        router.Map<MessagesGetMessages, IMessagesMessages>(GetMessages);
        router.Map<ChannelsGetMessages, IMessagesMessages>(GetChannelMessages);
        router.Map<MessagesSearch, IMessagesMessages>(Search);
        router.Map<MessagesGetSearchCounters, MessagesSearchCounter[]>(GetSearchCounters);
        router.Map<MessagesGetUnreadMentions, IMessagesMessages>((_, _) => Nothing());
        router.Map<MessagesGetScheduledHistory, IMessagesMessages>((_, _) => Nothing());
    }

    private IMessagesMessages GetHistory(MessagesGetHistory request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        var offsets = new HistoryOffsets(
            request.OffsetId, request.OffsetDate, request.AddOffset, Limit(request.Limit), request.MaxId, request.MinId);
        return world.Read(state =>
        {
            var peer = InputPeers.Resolve(state, viewer, request.Peer);
            return MessageAnswers.Page(state, viewer, peer, HistoryReader.Page(state, viewer, peer, offsets), request.Hash);
        });
    }

    private IMessagesMessages GetMessages(MessagesGetMessages request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state => MessageAnswers.Selected(state, viewer, channel: null, Ids(state, viewer, channel: null, request.Id)));
    }

    private IMessagesMessages GetChannelMessages(ChannelsGetMessages request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state =>
        {
            var channel = InputPeers.Channel(state, viewer, request.Channel).Peer;
            return MessageAnswers.Selected(state, viewer, channel, Ids(state, viewer, channel, request.Id));
        });
    }

    private IMessagesMessages Search(MessagesSearch request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        var offsets = new HistoryOffsets(request.OffsetId, 0, request.AddOffset, Limit(request.Limit), request.MaxId, request.MinId);
        return world.Read(state =>
        {
            if (request.Peer is InputPeerEmpty)
            {
                throw RpcErrorException.BadRequest("PEER_ID_INVALID");
            }

            var peer = InputPeers.Resolve(state, viewer, request.Peer);
            var from = InputPeers.ResolveOptional(state, viewer, request.FromId);
            var filter = new MessageFilter(request.Q, from, request.MinDate, request.MaxDate) { Content = Content(request.Filter) };
            return MessageAnswers.Page(state, viewer, peer, HistoryReader.Search(state, viewer, peer, offsets, filter), request.Hash);
        });
    }

    private MessagesSearchCounter[] GetSearchCounters(MessagesGetSearchCounters request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read<MessagesSearchCounter[]>(state =>
        {
            var peer = InputPeers.Resolve(state, viewer, request.Peer);
            return
            [
                .. request.Filters.Take(MaxIds).Select(filter => new MessagesSearchCounter
                {
                    Filter = filter,
                    Count = HistoryReader.Search(
                        state, viewer, peer, new HistoryOffsets(0, 0, 0, 0, 0, 0), new MessageFilter("", null, 0, 0) { Content = Content(filter) }).Total,
                }),
            ];
        });
    }

    // Of all that can be searched for by kind, the world has pictures and places only.
    private static MessageContent? Content(IMessagesFilter filter) => filter switch
    {
        InputMessagesFilterEmpty => null,
        InputMessagesFilterPhotos or InputMessagesFilterPhotoVideo => MessageContent.Photo,
        InputMessagesFilterGeo => MessageContent.Location,
        _ => MessageFilter.NoContent,
    };

    private static IReadOnlyList<int> Ids(WorldState state, long viewer, PeerId? channel, IInputMessage[] inputs)
    {
        if (inputs.Length > MaxIds)
        {
            throw RpcErrorException.BadRequest("LIMIT_INVALID");
        }

        return
        [
            .. inputs.Select(input => input switch
            {
                InputMessageID message => message.Id,
                InputMessageReplyTo reply => (channel is { } peer
                    ? state.Views.InChannel(peer, reply.Id, viewer)
                    : state.Views.InBox(viewer, reply.Id))?.ReplyTo ?? 0,
                _ => 0,
            }),
        ];
    }

    private static int Limit(int limit) => limit switch
    {
        < 0 => throw RpcErrorException.BadRequest("LIMIT_INVALID"),
        0 => DefaultLimit,
        _ => Math.Min(limit, MaxLimit),
    };

    private static MessagesMessages Nothing() => new() { Messages = [], Topics = [], Chats = [], Users = [] };
}
