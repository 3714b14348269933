using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>The state of an account's updates and what it missed (https://core.telegram.org/api/updates).</summary>
internal sealed class UpdatesModule(WorldEngine world) : IRpcModule
{
    /// <summary>How many events one answer carries.</summary>
    public const int SliceSize = 100;
    private const int MaxDialogsCounted = 500;

    public void Map(RpcRouter router)
    {
        router.Map<UpdatesGetState, UpdatesState>((_, context) =>
        {
            var userId = context.RequireUserId();
            return world.Read(state => State(state, userId, context));
        });
        router.Map<UpdatesGetDifference, IUpdatesDifference>(GetDifference);
    }

    public static UpdatesState State(WorldState state, long userId, RpcContext context)
    {
        var box = state.Boxes.Of(userId);
        return new UpdatesState
        {
            Pts = box.Log.Pts,
            Qts = 0,
            Date = Math.Max((int)context.Time.GetUtcNow().ToUnixTimeSeconds(), state.LastDate),
            Seq = 0,
            UnreadCount = box.DialogsAfter(null).Take(MaxDialogsCounted).Sum(dialog => dialog.Unread),
        };
    }

    private IUpdatesDifference GetDifference(UpdatesGetDifference request, RpcContext context)
    {
        var userId = context.RequireUserId();
        if (request.Pts <= 0)
        {
            throw RpcErrorException.BadRequest("PERSISTENT_TIMESTAMP_EMPTY");
        }

        if (request.Date <= 0)
        {
            throw RpcErrorException.BadRequest("DATE_EMPTY");
        }

        return world.Read(state => Difference(state, userId, request, context));
    }

    private static IUpdatesDifference Difference(WorldState state, long userId, UpdatesGetDifference request, RpcContext context)
    {
        var box = state.Boxes.Of(userId);
        if (request.Pts > box.Log.Pts)
        {
            throw RpcErrorException.BadRequest("PERSISTENT_TIMESTAMP_INVALID");
        }

        var limit = Math.Clamp(request.PtsLimit ?? SliceSize, 1, SliceSize);
        var events = box.Log.Pts - request.Pts > (request.PtsTotalLimit ?? int.MaxValue) ? null : box.Log.After(request.Pts, limit);
        if (events is null)
        {
            return new UpdatesDifferenceTooLong { Pts = box.Log.Pts };
        }

        var composer = new TlComposer(state, userId);
        var part = DifferencePart.Of(state, composer, userId, box, events);
        var reached = events.Count == 0 ? request.Pts : events[^1].Pts;
        if (reached < box.Log.Pts)
        {
            return Slice(part, composer, new UpdatesState { Pts = reached, Qts = 0, Date = events[^1].Date, Seq = 0, UnreadCount = 0 });
        }

        IUpdate[] channels = [.. MovedChannels(state, composer, userId, request.Date)];
        var now = State(state, userId, context);
        return events.Count == 0 && channels.Length == 0
            ? new UpdatesDifferenceEmpty { Date = now.Date, Seq = 0 }
            : Whole(part, channels, composer, now);
    }

    private static UpdatesDifferenceSlice Slice(DifferencePart part, TlComposer composer, UpdatesState reached) => new()
    {
        NewMessages = part.Messages,
        NewEncryptedMessages = [],
        OtherUpdates = part.Others,
        Chats = composer.Chats,
        Users = composer.Users,
        IntermediateState = reached,
    };

    private static UpdatesDifference Whole(DifferencePart part, IUpdate[] channels, TlComposer composer, UpdatesState now) => new()
    {
        NewMessages = part.Messages,
        NewEncryptedMessages = [],
        OtherUpdates = [.. part.Others, .. channels],
        Chats = composer.Chats,
        Users = composer.Users,
        State = now,
    };

    // Channels have boxes of their own: here a client only learns which ones it has to ask about.
    private static IEnumerable<IUpdate> MovedChannels(WorldState state, TlComposer composer, long userId, int since)
    {
        foreach (var channel in state.Communities.ChannelsOf(userId))
        {
            var log = state.Boxes.OfChannel(channel).Log;
            if (log.LastDate >= since)
            {
                composer.Name(channel);
                yield return new UpdateChannelTooLong { ChannelId = channel.Id, Pts = log.Pts };
            }
        }
    }
}
