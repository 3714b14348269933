using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Telegram.Mapping;
using Telegram.Client;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using DialogPeer = Crm.Application.Ports.Telegram.DialogPeer;

namespace Crm.Infrastructure.Telegram.Reading;

/// <summary>Reads a dialog's history, newest first; see https://core.telegram.org/method/messages.getHistory.</summary>
internal static class HistoryReader
{
    private const int MaxPage = 100;

    public static async Task<HistoryPage> ReadPageAsync(
        TelegramClient client, DialogPeer peer, int offsetId, int limit, CancellationToken cancellationToken)
    {
        var request = new MessagesGetHistory
        {
            Peer = PeerAddress.Of(peer),
            OffsetId = offsetId,
            OffsetDate = 0,
            AddOffset = 0,
            Limit = Math.Clamp(limit, 1, MaxPage),
            MaxId = 0,
            MinId = 0,
            Hash = 0,
        };
        return await client.InvokeAsync(request, cancellationToken) switch
        {
            MessagesMessages all => ToPage(all.Messages, all.Users, all.Chats),
            MessagesMessagesSlice slice => ToPage(slice.Messages, slice.Users, slice.Chats),
            MessagesChannelMessages slice => ToPage(slice.Messages, slice.Users, slice.Chats),
            _ => new HistoryPage([], [], null, ReachedStart: true),
        };
    }

    // Only an empty page is the end: Telegram may give fewer messages than asked for anywhere.
    private static HistoryPage ToPage(IMessage[] messages, IUser[] users, IChat[] chats) => new(
        MessageMap.Map(messages),
        PeerMap.Map(users, chats),
        messages.Length == 0 ? null : messages.Min(MessageMap.IdOf),
        ReachedStart: messages.Length == 0);
}
