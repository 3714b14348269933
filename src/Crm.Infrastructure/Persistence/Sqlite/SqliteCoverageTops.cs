using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Dialogs;
using Crm.Infrastructure.Persistence.Rows;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Which dialogs' newest range is continued by the stream of updates. Updates come in order and without gaps, so once a dialog's
/// newest message is stored while its stream flows, every further one makes the range longer, and nothing has to be fetched again.
/// </summary>
internal static class SqliteCoverageTops
{
    private const string FindCommonStream = "SELECT stream FROM update_states WHERE connection_id = @connectionId";

    private const string FindChannelStream =
        "SELECT stream FROM channel_states WHERE connection_id = @connectionId AND dialog_id = @dialogId AND pts > 0";

    private const string FindTop = "SELECT stream FROM coverage_tops WHERE connection_id = @connectionId AND dialog_id = @dialogId";

    private const string HasCoverage =
        "SELECT EXISTS (SELECT 1 FROM coverage WHERE connection_id = @connectionId AND dialog_id = @dialogId)";

    private const string Save = """
        INSERT INTO coverage_tops (connection_id, dialog_id, stream, complete) VALUES (@connectionId, @DialogId, @Stream, @IsComplete)
        ON CONFLICT (connection_id, dialog_id) DO UPDATE SET
            stream = excluded.stream,
            complete = CASE WHEN stream = excluded.stream THEN MAX(complete, excluded.complete) ELSE excluded.complete END
        """;

    /// <summary>A dialog that is stored down to its first message is complete, whoever fetched it.</summary>
    private const string ListTops = """
        SELECT c.dialog_id AS DialogId, MAX(c.to_id) AS ToId,
            MAX(COALESCE(t.complete, 0), COUNT(*) = 1 AND MIN(c.from_id) = 1) AS IsComplete
        FROM coverage c LEFT JOIN coverage_tops t ON t.connection_id = c.connection_id AND t.dialog_id = c.dialog_id
        WHERE c.connection_id = @connectionId GROUP BY c.dialog_id
        """;

    private const string BreakOffOne = "DELETE FROM coverage_tops WHERE connection_id = @connectionId AND dialog_id = @dialogId";

    /// <summary>Channels have streams of their own.</summary>
    private const string BreakOffCommon =
        "DELETE FROM coverage_tops WHERE connection_id = @connectionId AND dialog_id > -1000000000000";

    public static long? FindStream(SqliteConnection connection, long connectionId, long dialogId, SqliteTransaction? transaction = null) =>
        connection.ExecuteScalar<long?>(
            IsChannel(dialogId) ? FindChannelStream : FindCommonStream,
            new { connectionId, dialogId },
            transaction);

    public static IReadOnlyList<CoveredTop> List(SqliteConnection connection, long connectionId) =>
        [.. connection.Query<CoverageTopRow>(ListTops, new { connectionId }).Select(row => new CoveredTop(row.DialogId, row.ToId, row.IsComplete))];

    public static int BreakOff(SqliteTransaction transaction, long connectionId, long? dialogId) =>
        transaction.Connection!.Execute(dialogId is null ? BreakOffCommon : BreakOffOne, new { connectionId, dialogId }, transaction);

    /// <summary>From here on the stream continues the dialog's newest range; unless the stream is another one by now.</summary>
    public static void Follow(SqliteTransaction transaction, long connectionId, CoverageTop top)
    {
        var connection = transaction.Connection!;
        if (FindStream(connection, connectionId, top.DialogId, transaction) == top.Stream)
        {
            connection.Execute(Save, new { connectionId, top.DialogId, top.Stream, top.IsComplete }, transaction);
        }
    }

    /// <summary>Messages that the stream brought: what is new of each dialog, without gaps.</summary>
    public static void Continue(SqliteTransaction transaction, long connectionId, IReadOnlyList<TelegramMessage> messages)
    {
        foreach (var dialog in messages.GroupBy(message => message.DialogId))
        {
            var (from, to) = (dialog.Min(message => message.MessageId), dialog.Max(message => message.MessageId));
            Continue(transaction, connectionId, new CoveredRange(dialog.Key, from, to));
        }
    }

    private static void Continue(SqliteTransaction transaction, long connectionId, CoveredRange range)
    {
        var connection = transaction.Connection!;
        var parameters = new { connectionId, dialogId = range.DialogId };
        if (FindStream(connection, connectionId, range.DialogId, transaction) is not { } stream)
        {
            return;
        }

        if (connection.ExecuteScalar<long?>(FindTop, parameters, transaction) == stream)
        {
            SqliteCoverageStore.ExtendTop(transaction, connectionId, range.DialogId, range.ToId);
            return;
        }

        // Between what is stored already and this there may be a hole. Where nothing is stored there is none since we listen, once
        // somebody has looked into what came between that and the stream's beginning.
        var isFirst = IsSettled(connection, connectionId, range.DialogId, stream, transaction)
            && !connection.ExecuteScalar<bool>(HasCoverage, parameters, transaction);
        SqliteCoverageStore.Add(transaction, connectionId, range);
        Follow(transaction, connectionId, new CoverageTop(range.DialogId, stream, isFirst));
    }

    private static bool IsSettled(SqliteConnection connection, long connectionId, long dialogId, long stream, SqliteTransaction transaction) =>
        !IsChannel(dialogId)
        && connection.ExecuteScalar<long?>(FindTop, new { connectionId, dialogId = CoverageTop.AllDialogs }, transaction) == stream;

    private static bool IsChannel(long dialogId) => DialogId.TryCreate(dialogId, out var id) && id.Kind is DialogKind.Channel;
}
