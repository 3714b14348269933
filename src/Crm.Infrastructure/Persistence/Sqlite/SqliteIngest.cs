using Crm.Application.Events;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>Takes one batch in, within one transaction.</summary>
internal sealed class SqliteIngest(SqliteDatabase database, SendTexts texts, SqliteTransaction transaction, IngestBatch batch)
{
    internal const string FindOwner = """
        SELECT account_id AS AccountId, messenger AS Messenger, listening_since_ms AS ListeningSinceMs
        FROM connections WHERE id = @ConnectionId
        """;

    private const string InsertMessages = """
        INSERT INTO messages (account_id, connection_id, dialog_id, message_id, outgoing, text, date, sender_id, edited_at)
        """;

    private const string PassOverStored = "ON CONFLICT (connection_id, message_id, dialog_id) DO NOTHING";

    private const string SaveState = """
        INSERT INTO update_states (connection_id, pts, qts, date, seq, stream)
        VALUES (@ConnectionId, @Pts, @Qts, @Date, @Seq, @stream)
        ON CONFLICT (connection_id) DO UPDATE
        SET pts = excluded.pts, qts = excluded.qts, date = excluded.date, seq = excluded.seq
        """;

    private const string SaveChannels = "INSERT INTO channel_states (connection_id, dialog_id, pts, stream)";

    /// <summary>A channel that was forgotten and is heard of again has missed what came between: another stream begins.</summary>
    private const string UpdateChannels = """
        ON CONFLICT (connection_id, dialog_id) DO UPDATE
        SET pts = excluded.pts, stream = CASE WHEN pts = 0 THEN excluded.stream ELSE stream END
        """;

    private readonly List<NewEvent> _events = [];
    private MessageOwnerRow _owner = null!;

    public IReadOnlyList<MessageRow> Run()
    {
        _owner = transaction.Connection!.QuerySingleOrDefault<MessageOwnerRow>(FindOwner, new { batch.ConnectionId }, transaction)
            ?? throw new InvalidOperationException($"There is no connection {batch.ConnectionId}.");
        SqliteDialogStore.SavePeers(transaction, batch.ConnectionId, batch.Peers);
        var inserted = Insert([.. batch.Messages, .. batch.Edits]);
        LinkSends(inserted);
        ApplyEdits(inserted);
        ApplyDeletions();
        MoveReadMarks();
        SaveStates();
        Cover();
        if (batch.Import is { } step && SqliteImports.Advance(transaction, step, inserted.Count, database.NowMs) is { } import)
        {
            Tell(EventTypes.ImportProgress, EventPayloads.Import(import));
        }

        SqliteEventStore.Append(database, transaction, _events);
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
            (message, id) => inserted.Add(Row(message, id)));
        foreach (var row in inserted.Where(IsNews))
        {
            Tell(row.Answer == 1 ? EventTypes.MessageSent : EventTypes.MessageReceived, EventPayloads.Of(row), row.Id);
        }

        return inserted;
    }

    private MessageRow Row(TelegramMessage message, long id) => new()
    {
        Id = id,
        AccountId = _owner.AccountId,
        Messenger = _owner.Messenger,
        UserId = message.DialogId,
        MessageId = message.MessageId,
        Answer = message.Outgoing ? 1 : 0,
        Message = message.Text,
        Timestamp = message.Date,
        EditedAt = message.EditDate,
    };

    /// <summary>Sends whose message wasn't known find it among what has just been stored.</summary>
    private void LinkSends(List<MessageRow> inserted)
    {
        foreach (var sent in batch.Sent)
        {
            SqliteSendLinks.Remember(transaction, batch.ConnectionId, sent.RandomId, sent.MessageId);
        }

        if (batch.Sent.Count > 0 || inserted.Exists(row => row.Answer == 1))
        {
            SqliteSendLinks.Link(transaction, texts, batch.ConnectionId, dialogId: null);
        }
    }

    /// <summary>History is no news, unless it brings what was written while we listen before the update that tells of it.</summary>
    private bool IsNews(MessageRow row) =>
        !batch.IsHistory || (_owner.ListeningSinceMs is { } since && row.Timestamp >= since / 1000);

    /// <summary>An edit may come as such, or be seen on a message that history or a difference repeats.</summary>
    private void ApplyEdits(List<MessageRow> inserted)
    {
        var candidates = batch.Edits.Concat(batch.Messages.Where(message => message.EditDate is not null)).ToList();
        if (candidates.Count == 0)
        {
            return;
        }

        var isNew = inserted.Select(row => (row.UserId, row.MessageId!.Value)).ToHashSet();
        var edits = new SqliteEdits(transaction, batch.ConnectionId, _owner.Messenger, database.NowMs);
        foreach (var edit in candidates.OrderBy(edit => edit.EditDate))
        {
            var isStale = isNew.Contains((edit.DialogId, edit.MessageId)) && !batch.Edits.Contains(edit);
            if (!isStale && edits.Apply(edit) is { } reworded)
            {
                var data = EventPayloads.Edited(reworded.Row, reworded.PreviousText, reworded.PreviousEditedAt);
                Tell(EventTypes.MessageEdited, data, reworded.Row.Id);
            }
        }
    }

    private void ApplyDeletions()
    {
        var edits = new SqliteEdits(transaction, batch.ConnectionId, _owner.Messenger, database.NowMs);
        foreach (var deletion in batch.Deletions)
        {
            foreach (var row in edits.Delete(deletion))
            {
                Tell(EventTypes.MessageDeleted, EventPayloads.Of(row), row.Id);
            }
        }
    }

    private void MoveReadMarks()
    {
        foreach (var mark in batch.Reads)
        {
            if (SqliteReadMarks.TryMove(transaction, batch.ConnectionId, mark))
            {
                Tell(EventTypes.DialogRead, EventPayloads.Read(mark));
            }
        }
    }

    private void Cover()
    {
        if (batch.Covered is { } covered)
        {
            SqliteCoverageStore.Add(transaction, batch.ConnectionId, covered);
        }

        if (batch.Top is { } top)
        {
            SqliteCoverageTops.Follow(transaction, batch.ConnectionId, top);
        }

        if (!batch.IsHistory && (batch.State is not null || batch.Channels.Count > 0))
        {
            SqliteCoverageTops.Continue(transaction, batch.ConnectionId, batch.Messages);
        }
    }

    private void Tell(string type, string data, long? rowId = null) =>
        _events.Add(new NewEvent(_owner.AccountId, batch.ConnectionId, type, data) { MessageRowId = rowId });

    private void SaveStates()
    {
        if (batch.State is { } state)
        {
            transaction.Connection!.Execute(
                SaveState, new { batch.ConnectionId, state.Pts, state.Qts, state.Date, state.Seq, stream = database.NowMs }, transaction);
        }

        MultiRow.Execute(
            transaction, SaveChannels, UpdateChannels, batch.Channels,
            channel => [batch.ConnectionId, channel.DialogId, channel.Pts, database.NowMs]);
    }
}
