using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Telegram.Clients;
using Crm.Infrastructure.Telegram.Mapping;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using DialogPeer = Crm.Application.Ports.Telegram.DialogPeer;

namespace Crm.Infrastructure.Telegram.Reading;

/// <summary>Reads a dialog's history, newest first; see https://core.telegram.org/method/messages.getHistory.</summary>
internal static class HistoryReader
{
    private const int MaxPage = 100;

    public static async Task<HistoryPage> ReadPageAsync(
        TelegramCaller caller, DialogPeer peer, HistorySlice slice, int limit, CancellationToken cancellationToken)
    {
        var request = new MessagesGetHistory
        {
            Peer = PeerAddress.Of(peer),
            OffsetId = slice.BelowId,
            OffsetDate = 0,
            AddOffset = 0,
            Limit = Math.Clamp(limit, 1, MaxPage),
            MaxId = 0,
            MinId = slice.AboveId,
            Hash = 0,
        };
        return ToPage(slice, await caller.InvokeAsync(request, cancellationToken));
    }

    /// <summary>Channels and supergroups have a method of their own; see https://core.telegram.org/method/messages.readHistory.</summary>
    public static async Task<bool> MarkReadAsync(TelegramCaller caller, DialogPeer peer, int upToMessageId, CancellationToken cancellationToken)
    {
        if (PeerAddress.Of(peer) is InputPeerChannel channel)
        {
            var input = new InputChannel { ChannelId = channel.ChannelId, AccessHash = channel.AccessHash };
            return await caller.InvokeAsync(new ChannelsReadHistory { Channel = input, MaxId = upToMessageId }, cancellationToken);
        }

        await caller.InvokeAsync(new MessagesReadHistory { Peer = PeerAddress.Of(peer), MaxId = upToMessageId }, cancellationToken);
        return true;
    }

    internal static HistoryPage ToPage(HistorySlice slice, IMessagesMessages answer) => answer switch
    {
        MessagesMessages all => ToPage(slice, all.Messages, all.Users, all.Chats, count: null),
        MessagesMessagesSlice part => ToPage(
            slice, part.Messages, part.Users, part.Chats, part.Inexact ? null : new Counted(part.Count, part.OffsetIdOffset)),
        MessagesChannelMessages part => ToPage(
            slice, part.Messages, part.Users, part.Chats, part.Inexact ? null : new Counted(part.Count, part.OffsetIdOffset)),
        _ => new HistoryPage([], [], null, ReachedStart: true),
    };

    // Telegram may give fewer messages than asked for anywhere, so that a short page proves nothing. The end is an empty page, or one
    // whose place among all messages, which Telegram counts exactly unless it says otherwise, is the last.
    private static HistoryPage ToPage(HistorySlice slice, IMessage[] messages, IUser[] users, IChat[] chats, Counted? count)
    {
        var total = count?.Total ?? (slice == new HistorySlice() ? messages.Length : null);
        var newer = count?.Newer ?? (slice.BelowId == 0 ? 0 : null);
        int? older = slice.AboveId == 0 && total - newer - messages.Length is { } left ? Math.Max(left, 0) : null;
        return new HistoryPage(
            MessageMap.Map(messages),
            PeerMap.Map(users, chats),
            messages.Length == 0 ? null : messages.Min(MessageMap.IdOf),
            ReachedStart: messages.Length == 0 || older == 0)
        {
            HighestId = messages.Length == 0 ? null : messages.Max(MessageMap.IdOf),
            OldestDate = messages.Select(message => (long?)MessageMap.PlaceOf(message).Date).Where(date => date > 0).Min(),
            Total = total,
            Older = older,
        };
    }

    /// <summary>How many messages there are, and how many are newer than the page's first.</summary>
    private sealed record Counted(int Total, int? Newer);
}
