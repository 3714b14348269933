using Crm.Application.Events;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Takes one batch in, within one transaction that holds the account's turn.</summary>
internal sealed class SqlServerIngest(SqlSession session, SendTexts texts, IngestBatch batch, long nowMs)
{
    internal static readonly SqlQuery<ByConnection, MessageOwnerRow> FindOwner = new("""
        SELECT account_id AS AccountId, messenger AS Messenger, listening_since_ms AS ListeningSinceMs
        FROM dbo.connections WHERE id = @ConnectionId
        """);

    private readonly List<NewEvent> _events = [];
    private MessageOwnerRow _owner = null!;

    public async Task<IReadOnlyList<MessageRow>> RunAsync()
    {
        _owner = await session.FindAsync(FindOwner, new ByConnection(batch.ConnectionId))
            ?? throw new InvalidOperationException($"There is no connection {batch.ConnectionId}.");
        await SqlServerDialogStore.SavePeersAsync(session, batch.ConnectionId, batch.Peers);
        var inserted = await SqlServerMessages.InsertAsync(session, _owner, batch.ConnectionId, [.. batch.Messages, .. batch.Edits]);
        foreach (var row in inserted.Where(IsNews))
        {
            Tell(row.Answer == 1 ? EventTypes.MessageSent : EventTypes.MessageReceived, EventPayloads.Of(row), row.Id);
        }

        await LinkSendsAsync(inserted);
        await ApplyEditsAsync(inserted);
        await ApplyDeletionsAsync();
        await MoveReadMarksAsync();
        await SaveStatesAsync();
        await CoverAsync();
        if (batch.Import is { } step && await SqlServerImports.AdvanceAsync(session, step, inserted.Count, nowMs) is { } import)
        {
            Tell(EventTypes.ImportProgress, EventPayloads.Import(import));
        }

        await SqlServerEvents.AppendAsync(session, _owner.AccountId, _events, nowMs);
        return inserted;
    }

    /// <summary>Sends whose message wasn't known find it among what has just been stored.</summary>
    private async Task LinkSendsAsync(IReadOnlyList<MessageRow> inserted)
    {
        foreach (var sent in batch.Sent)
        {
            await SqlServerSendLinks.RememberAsync(session, batch.ConnectionId, sent.RandomId, sent.MessageId);
        }

        if (batch.Sent.Count > 0 || inserted.Any(row => row.Answer == 1))
        {
            await SqlServerSendLinks.LinkAsync(session, texts, _owner.AccountId, batch.ConnectionId, dialogId: null);
        }
    }

    /// <summary>History is no news, unless it brings what was written while we listen before the update that tells of it.</summary>
    private bool IsNews(MessageRow row) =>
        !batch.IsHistory || (_owner.ListeningSinceMs is { } since && row.Timestamp >= since / 1000);

    /// <summary>An edit may come as such, or be seen on a message that history or a difference repeats.</summary>
    private async Task ApplyEditsAsync(IReadOnlyList<MessageRow> inserted)
    {
        var candidates = batch.Edits.Concat(batch.Messages.Where(message => message.EditDate is not null)).ToList();
        var isNew = inserted.Select(row => (row.UserId, row.MessageId!.Value)).ToHashSet();
        var edits = new SqlServerEdits(session, batch.ConnectionId, _owner.Messenger, nowMs);
        foreach (var edit in candidates.OrderBy(edit => edit.EditDate))
        {
            var isStale = isNew.Contains((edit.DialogId, edit.MessageId)) && !batch.Edits.Contains(edit);
            if (!isStale && await edits.ApplyAsync(edit) is { } reworded)
            {
                var data = EventPayloads.Edited(reworded.Row, reworded.PreviousText, reworded.PreviousEditedAt);
                Tell(EventTypes.MessageEdited, data, reworded.Row.Id);
            }
        }
    }

    private async Task ApplyDeletionsAsync()
    {
        var edits = new SqlServerEdits(session, batch.ConnectionId, _owner.Messenger, nowMs);
        foreach (var deletion in batch.Deletions)
        {
            foreach (var row in await edits.DeleteAsync(deletion))
            {
                Tell(EventTypes.MessageDeleted, EventPayloads.Of(row), row.Id);
            }
        }
    }

    private async Task MoveReadMarksAsync()
    {
        foreach (var mark in batch.Reads)
        {
            if (await SqlServerReadMarks.TryMoveAsync(session, batch.ConnectionId, mark))
            {
                Tell(EventTypes.DialogRead, EventPayloads.Read(mark));
            }
        }
    }

    private async Task SaveStatesAsync()
    {
        if (batch.State is { } state)
        {
            await session.RunAsync(
                SqlServerStates.Save,
                new SqlServerStates.State(batch.ConnectionId, state.Pts, state.Qts, state.Date, state.Seq, nowMs));
        }

        foreach (var channel in batch.Channels)
        {
            await session.RunAsync(
                SqlServerStates.SaveChannel, new SqlServerStates.Channel(batch.ConnectionId, channel.DialogId, channel.Pts, nowMs));
        }
    }

    private async Task CoverAsync()
    {
        if (batch.Covered is { } covered)
        {
            await SqlServerCoverageStore.AddAsync(session, batch.ConnectionId, covered);
        }

        if (batch.Top is { } top)
        {
            await SqlServerCoverageTops.FollowAsync(session, batch.ConnectionId, top);
        }

        if (!batch.IsHistory && (batch.State is not null || batch.Channels.Count > 0))
        {
            await SqlServerCoverageTops.ContinueAsync(session, batch.ConnectionId, batch.Messages);
        }
    }

    private void Tell(string type, string data, long? rowId = null) =>
        _events.Add(new NewEvent(_owner.AccountId, batch.ConnectionId, type, data) { MessageRowId = rowId });
}
