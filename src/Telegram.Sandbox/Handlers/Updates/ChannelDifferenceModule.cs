using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>What an account missed in one channel.</summary>
internal sealed class ChannelDifferenceModule(WorldEngine world) : IRpcModule
{
    private const int MaxSlice = 100;

    /// <summary>Beyond so many events one is told to read the history anew.</summary>
    private const int TooLong = 3000;
    private const int Timeout = 30;

    public void Map(RpcRouter router) => router.Map<UpdatesGetChannelDifference, IUpdatesChannelDifference>(GetChannelDifference);

    private IUpdatesChannelDifference GetChannelDifference(UpdatesGetChannelDifference request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        if (request.Pts <= 0)
        {
            throw RpcErrorException.BadRequest("PERSISTENT_TIMESTAMP_EMPTY");
        }

        if (request.Limit <= 0)
        {
            throw RpcErrorException.BadRequest("LIMIT_INVALID");
        }

        return world.Read(state => Difference(state, viewer, request));
    }

    private static IUpdatesChannelDifference Difference(WorldState state, long viewer, UpdatesGetChannelDifference request)
    {
        var channel = InputPeers.Channel(state, viewer, request.Channel).Peer;
        var box = state.Boxes.OfChannel(channel);
        if (request.Pts > box.Log.Pts)
        {
            throw RpcErrorException.BadRequest("PERSISTENT_TIMESTAMP_INVALID");
        }

        if (request.Pts == box.Log.Pts)
        {
            return new UpdatesChannelDifferenceEmpty { Final = true, Pts = box.Log.Pts, Timeout = Timeout };
        }

        var composer = new TlComposer(state, viewer);
        composer.Name(channel);
        var limit = Math.Min(request.Limit, MaxSlice);
        var events = box.Log.Pts - request.Pts > TooLong ? null : box.Log.After(request.Pts, limit);
        return events is null
            ? Anew(state, composer, viewer, box, limit)
            : Part(DifferencePart.Of(state, composer, viewer, box, events), events[^1].Pts, box, composer);
    }

    private static UpdatesChannelDifference Part(DifferencePart part, int reached, ChannelBox box, TlComposer composer) => new()
    {
        Final = reached == box.Log.Pts,
        Pts = reached,
        Timeout = Timeout,
        NewMessages = part.Messages,
        OtherUpdates = part.Others,
        Chats = composer.Chats,
        Users = composer.Users,
    };

    private static UpdatesChannelDifferenceTooLong Anew(WorldState state, TlComposer composer, long viewer, ChannelBox box, int limit)
    {
        var page = HistoryReader.Page(state, viewer, box.Owner, new HistoryOffsets(0, 0, 0, limit, 0, 0));
        return new UpdatesChannelDifferenceTooLong
        {
            Final = true,
            Timeout = Timeout,
            Dialog = composer.Dialog(DialogList.Find(state, viewer, box.Owner) ?? new DialogView(box.Owner, 0, 0, 0, 0, 0) { Pts = box.Log.Pts }),
            Messages = composer.Messages(page.Messages),
            Chats = composer.Chats,
            Users = composer.Users,
        };
    }
}
