using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Telegram.Reading;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Listening;

/// <summary>
/// Where Telegram no longer has the difference between our position and its own, the histories themselves are read again from the
/// newest message down to what is stored already. It happens before the new position is committed, so a crash repeats it.
/// </summary>
internal sealed class GapReader(IDialogStore dialogs, IMessageStore messages)
{
    private const int PageSize = 100;

    public async Task FillAsync(
        Connection connection, TelegramClient client, IReadOnlyList<UpdateGap> gaps, CancellationToken cancellationToken)
    {
        foreach (var gap in gaps)
        {
            if (gap.ChannelId is { } channelId)
            {
                await FillAsync(connection, client, UpdateBatchMap.MarkedId(channelId), cancellationToken);
                continue;
            }

            var all = await DialogReader.ReadAllAsync(client, cancellationToken);
            await dialogs.SaveAsync(connection.Id, all, cancellationToken);
            foreach (var dialog in all.Where(dialog => dialog.TopMessage is not null))
            {
                await FillAsync(connection, client, dialog.Peer.DialogId, cancellationToken);
            }
        }
    }

    private async Task FillAsync(Connection connection, TelegramClient client, long dialogId, CancellationToken cancellationToken)
    {
        if (await dialogs.FindPeerAsync(connection.Id, dialogId, cancellationToken) is not { } peer)
        {
            return;
        }

        var since = connection.ListeningSince?.ToUnixTimeSeconds() ?? 0;
        for (int? offsetId = 0; offsetId is { } below;)
        {
            var page = await HistoryReader.ReadPageAsync(client, peer, below, PageSize, cancellationToken);
            var news = page.Messages.Where(message => message.Date >= since).ToList();
            var added = await messages.IngestAsync(
                new IngestBatch(connection.Id) { Peers = page.Peers, Messages = news }, cancellationToken);
            offsetId = page.ReachedStart || added.Count == 0 || news.Count < page.Messages.Count ? null : page.LowestId;
        }
    }
}
