using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Telegram.Clients;
using Crm.Infrastructure.Telegram.Mapping;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Telegram.Reading;

/// <summary>Reads the whole list of dialogs, page by page; see https://core.telegram.org/api/offsets.</summary>
internal static class DialogReader
{
    private const int PageSize = 100;

    public static Task<IReadOnlyList<TelegramDialog>> ReadAllAsync(TelegramCaller caller, CancellationToken cancellationToken) =>
        ReadAsync(caller, since: 0, int.MaxValue, cancellationToken);

    /// <summary>Dialogs with something newer than a time (Unix seconds), and some more; at most so many pages.</summary>
    public static async Task<IReadOnlyList<TelegramDialog>> ReadAsync(
        TelegramCaller caller, long since, int maxPages, CancellationToken cancellationToken)
    {
        var dialogs = new Dictionary<long, TelegramDialog>();
        var offset = new Offset(0, 0, new InputPeerEmpty());
        for (var pages = 0; pages < maxPages && await ReadPageAsync(caller, offset, cancellationToken) is { Dialogs.Length: > 0 } page; pages++)
        {
            // The last of a page is the one with the oldest message; those behind it are older still.
            var added = page.Map().Count(dialog => dialogs.TryAdd(dialog.Peer.DialogId, dialog));
            if (added == 0 || page.IsLast || page.NextOffset() is not { } next || next.Date < since)
            {
                break;
            }

            offset = next;
        }

        return [.. dialogs.Values];
    }

    private static async Task<DialogPage?> ReadPageAsync(TelegramCaller caller, Offset offset, CancellationToken cancellationToken)
    {
        var request = new MessagesGetDialogs
        {
            OffsetDate = offset.Date,
            OffsetId = offset.MessageId,
            OffsetPeer = offset.Peer,
            Limit = PageSize,
            Hash = 0,
        };
        return await caller.InvokeAsync(request, cancellationToken) switch
        {
            MessagesDialogs all => new DialogPage(all.Dialogs, all.Messages, PeerMap.Map(all.Users, all.Chats), IsLast: true),
            MessagesDialogsSlice slice => new DialogPage(
                slice.Dialogs, slice.Messages, PeerMap.Map(slice.Users, slice.Chats), IsLast: false),
            _ => null,
        };
    }
}

/// <summary>Where the next page of dialogs begins.</summary>
internal sealed record Offset(int Date, int MessageId, IInputPeer Peer);
