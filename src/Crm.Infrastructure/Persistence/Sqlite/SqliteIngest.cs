using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Takes one batch in, within one transaction.</summary>
internal sealed class SqliteIngest(SqliteTransaction transaction, IngestBatch batch, long nowMs)
{
    private const string FindOwner = """
        SELECT account_id AS AccountId, messenger AS Messenger FROM connections WHERE id = @ConnectionId
        """;

    private const string InsertMessages = """
        INSERT INTO messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date, sender_id, edited_at)
        """;

    private const string PassOverStored =
        $"ON CONFLICT (connection_id, message_id, dialog_id) DO NOTHING RETURNING {MessageColumns.List}";

    private const string SaveState = """
        INSERT INTO update_states (connection_id, pts, qts, date, seq) VALUES (@ConnectionId, @Pts, @Qts, @Date, @Seq)
        ON CONFLICT (connection_id) DO UPDATE
        SET pts = excluded.pts, qts = excluded.qts, date = excluded.date, seq = excluded.seq
        """;

    private const string SaveChannels = "INSERT INTO channel_states (connection_id, dialog_id, pts)";

    private const string UpdateChannels = "ON CONFLICT (connection_id, dialog_id) DO UPDATE SET pts = excluded.pts";

    private readonly List<(string Type, long RowId)> _events = [];
    private Owner _owner = null!;

    public IReadOnlyList<MessageRow> Run()
    {
        _owner = transaction.Connection!.QuerySingleOrDefault<Owner>(FindOwner, new { batch.ConnectionId }, transaction)
            ?? throw new InvalidOperationException($"There is no connection {batch.ConnectionId}.");
        SqliteDialogStore.SavePeers(transaction, batch.ConnectionId, batch.Peers);
        var inserted = Insert([.. batch.Messages, .. batch.Edits]);
        ApplyEdits(inserted);
        ApplyDeletions();
        SaveStates();
        if (batch.Covered is { } covered)
        {
            SqliteCoverageStore.Add(transaction, batch.ConnectionId, covered);
        }

        SqliteEventStore.AppendOfMessages(transaction, _owner.AccountId, batch.ConnectionId, _events, nowMs);
        return inserted;
    }

    /// <summary>Stores messages that aren't stored yet. They get their ids in the order of time, also where they came newest first.</summary>
    private List<MessageRow> Insert(IReadOnlyList<TelegramMessage> messages)
    {
        var inserted = new List<MessageRow>();
        var ordered = messages.OrderBy(message => message.Date).ThenBy(message => message.MessageId).ToList();
        MultiRow.Execute(
            transaction, InsertMessages, PassOverStored, ordered,
            message =>
            [
                _owner.AccountId, batch.ConnectionId, message.DialogId, message.MessageId, message.Outgoing ? 1 : 0, message.Text,
                message.Date, message.SenderId, message.EditDate,
            ],
            reader => inserted.Add(MessageColumns.Read(reader, _owner.Messenger)));
        inserted.Sort((a, b) => a.Id.CompareTo(b.Id));
        if (!batch.IsHistory)
        {
            _events.AddRange(inserted.Select(row => (row.Answer == 1 ? EventTypes.MessageSent : EventTypes.MessageReceived, row.Id)));
        }

        return inserted;
    }

    /// <summary>An edit may come as such, or be seen on a message that history or a difference repeats.</summary>
    private void ApplyEdits(List<MessageRow> inserted)
    {
        var candidates = batch.Edits.Concat(batch.Messages.Where(message => message.EditDate is not null)).ToList();
        if (candidates.Count == 0)
        {
            return;
        }

        var isNew = inserted.Select(row => (row.UserId, row.MessageId!.Value)).ToHashSet();
        var edits = new SqliteEdits(transaction, batch.ConnectionId, nowMs);
        foreach (var edit in candidates.OrderBy(edit => edit.EditDate))
        {
            var isStale = isNew.Contains((edit.DialogId, edit.MessageId)) && !batch.Edits.Contains(edit);
            if (!isStale && edits.Apply(edit) is { } rowId)
            {
                _events.Add((EventTypes.MessageEdited, rowId));
            }
        }
    }

    private void ApplyDeletions()
    {
        var edits = new SqliteEdits(transaction, batch.ConnectionId, nowMs);
        foreach (var deletion in batch.Deletions)
        {
            _events.AddRange(edits.Delete(deletion).Select(rowId => (EventTypes.MessageDeleted, rowId)));
        }
    }

    private void SaveStates()
    {
        if (batch.State is { } state)
        {
            transaction.Connection!.Execute(
                SaveState, new { batch.ConnectionId, state.Pts, state.Qts, state.Date, state.Seq }, transaction);
        }

        MultiRow.Execute(
            transaction, SaveChannels, UpdateChannels, batch.Channels,
            channel => [batch.ConnectionId, channel.DialogId, channel.Pts]);
    }

    private sealed class Owner
    {
        public required long AccountId { get; init; }

        public required string Messenger { get; init; }
    }
}
