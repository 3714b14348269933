using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Telegram.Mapping;
using Telegram.Client;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>One batch of updates as one batch to commit: what was said, who said it, and how far we have read.</summary>
internal static class UpdateBatchMap
{
    public static IngestBatch Map(long connectionId, UpdateBatch batch)
    {
        var messages = new List<TelegramMessage>();
        var edits = new List<TelegramMessage>();
        var deletions = new List<DeletedMessages>();
        var reads = new List<ReadMark>();
        var sent = new List<SentAs>();
        foreach (var update in batch.Updates)
        {
            switch (update)
            {
                case UpdateNewMessage added:
                    Add(messages, added.Message);
                    break;
                case UpdateNewChannelMessage added:
                    Add(messages, added.Message);
                    break;
                case UpdateEditMessage edited:
                    Add(edits, edited.Message);
                    break;
                case UpdateEditChannelMessage edited:
                    Add(edits, edited.Message);
                    break;
                case UpdateDeleteMessages deleted:
                    deletions.Add(new DeletedMessages(null, deleted.Messages));
                    break;
                case UpdateDeleteChannelMessages deleted:
                    deletions.Add(new DeletedMessages(MarkedId(deleted.ChannelId), deleted.Messages));
                    break;
                case UpdateMessageID named:
                    sent.Add(new SentAs(named.RandomId, named.Id));
                    break;
                default:
                    reads.AddRange(ReadMarkMap.Map(update));
                    break;
            }
        }

        return new IngestBatch(connectionId)
        {
            Peers = PeerMap.Merge(PeerMap.Map(batch.Users, batch.Chats)),
            Messages = messages,
            Edits = edits,
            Deletions = deletions,
            Reads = reads,
            Sent = sent,
            State = new UpdateState(batch.Position.Pts, batch.Position.Qts, batch.Position.Date, batch.Position.Seq),
            Channels = [.. batch.Channels.Select(channel => new ChannelState(MarkedId(channel.ChannelId), channel.Pts))],
        };
    }

    public static long MarkedId(long channelId) => new PeerKey(PeerKind.Channel, channelId).ToMarkedId();

    private static void Add(List<TelegramMessage> list, IMessage message)
    {
        if (MessageMap.Map(message) is { } mapped)
        {
            list.Add(mapped);
        }
    }
}
