using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>What a simple client would hold of its common box, refusing any gap in pts.</summary>
internal sealed class BoxModel(int pts)
{
    public int Pts { get; private set; } = pts;

    public SortedDictionary<int, string> Messages { get; } = [];

    /// <summary>The latest read marks by peer, incoming and outgoing.</summary>
    public SortedDictionary<string, int> Reads { get; } = new(StringComparer.Ordinal);

    public void ApplyPushes(IEnumerable<IUpdate> updates)
    {
        foreach (var update in updates)
        {
            if (Step(update) is var (to, count))
            {
                Assert.That(to, Is.EqualTo(Pts + count), "a push without a gap");
                Pts = to;
                Apply(update);
            }
        }
    }

    /// <summary>Asks for differences until there is no more; returns how many answers that took.</summary>
    public async Task<int> CatchUpAsync(WorldClient client, int date)
    {
        for (var answers = 1; ; answers++)
        {
            switch (await client.CallAsync(new UpdatesGetDifference { Pts = Pts, Date = date, Qts = 0 }))
            {
                case UpdatesDifferenceSlice slice:
                    Take(slice.NewMessages, slice.OtherUpdates, slice.IntermediateState);
                    break;
                case UpdatesDifference last:
                    Take(last.NewMessages, last.OtherUpdates, last.State);
                    return answers;
                default:
                    return answers;
            }
        }
    }

    private void Take(IMessage[] messages, IUpdate[] others, UpdatesState state)
    {
        Assert.That(state.Pts, Is.GreaterThan(Pts));
        foreach (var message in messages.Cast<Message>())
        {
            Messages[message.Id] = message.MessageValue;
        }

        foreach (var update in others)
        {
            Apply(update);
        }

        Pts = state.Pts;
    }

    private static (int Pts, int Count)? Step(IUpdate update) => update switch
    {
        UpdateNewMessage added => (added.Pts, added.PtsCount),
        UpdateEditMessage edited => (edited.Pts, edited.PtsCount),
        UpdateDeleteMessages deleted => (deleted.Pts, deleted.PtsCount),
        UpdateReadHistoryInbox read => (read.Pts, read.PtsCount),
        UpdateReadHistoryOutbox read => (read.Pts, read.PtsCount),
        _ => null,
    };

    private void Apply(IUpdate update)
    {
        switch (update)
        {
            case UpdateNewMessage { Message: Message added }:
                Messages[added.Id] = added.MessageValue;
                break;
            case UpdateEditMessage { Message: Message edited }:
                Messages[edited.Id] = edited.MessageValue;
                break;
            case UpdateDeleteMessages deleted:
                Array.ForEach(deleted.Messages, id => Messages.Remove(id));
                break;
            case UpdateReadHistoryInbox read:
                Reads[$"in {Name(read.Peer)}"] = read.MaxId;
                break;
            case UpdateReadHistoryOutbox read:
                Reads[$"out {Name(read.Peer)}"] = read.MaxId;
                break;
            default:
                break;
        }
    }

    private static string Name(IPeer peer) => peer switch
    {
        PeerUser user => $"user {user.UserId}",
        PeerChat chat => $"chat {chat.ChatId}",
        _ => "channel",
    };
}
