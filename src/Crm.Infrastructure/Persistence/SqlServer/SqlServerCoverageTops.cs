using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Dialogs;
using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Which dialogs' newest range is continued by the stream of updates; see docs/decisions/0013-coverage-follows-the-stream.md.</summary>
internal static class SqlServerCoverageTops
{
    private static readonly SqlQuery<ByConnection, long?> FindCommonStream = new("""
        SELECT stream AS Value FROM dbo.update_states WHERE connection_id = @ConnectionId
        """);

    private static readonly SqlQuery<ByDialog, long?> FindChannelStream = new("""
        SELECT stream AS Value FROM dbo.channel_states WHERE connection_id = @ConnectionId AND dialog_id = @DialogId AND pts > 0
        """);

    private static readonly SqlQuery<ByDialog, long?> FindTop = new("""
        SELECT stream AS Value FROM dbo.coverage_tops WHERE connection_id = @ConnectionId AND dialog_id = @DialogId
        """);

    private static readonly SqlQuery<ByDialog, int> HasCoverage = new("""
        SELECT TOP (1) 1 AS Value FROM dbo.coverage WHERE connection_id = @ConnectionId AND dialog_id = @DialogId
        """);

    /// <summary>What was complete under the same stream stays so.</summary>
    private static readonly SqlChange<ToSave> Save = new("""
        UPDATE dbo.coverage_tops
        SET complete = CASE WHEN stream = @Stream AND complete = 1 THEN complete ELSE @IsComplete END, stream = @Stream
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId;
        IF @@ROWCOUNT = 0
            INSERT INTO dbo.coverage_tops (connection_id, dialog_id, stream, complete)
            VALUES (@ConnectionId, @DialogId, @Stream, @IsComplete);
        """);

    /// <summary>A dialog that is stored down to its first message is complete, whoever fetched it.</summary>
    private static readonly SqlQuery<ByConnection, CoverageTopRow> ListTops = new("""
        SELECT c.dialog_id AS DialogId, MAX(c.to_id) AS ToId,
            CAST(CASE
                WHEN MAX(CASE WHEN t.complete = 1 THEN 1 ELSE 0 END) = 1 THEN 1
                WHEN COUNT(*) = 1 AND MIN(c.from_id) = 1 THEN 1
                ELSE 0
            END AS BIT) AS IsComplete
        FROM dbo.coverage AS c
        LEFT JOIN dbo.coverage_tops AS t ON t.connection_id = c.connection_id AND t.dialog_id = c.dialog_id
        WHERE c.connection_id = @ConnectionId GROUP BY c.dialog_id
        """);

    private static readonly SqlChange<SqlServerDialogIds.OfConnection> BreakOff = new("""
        DELETE FROM dbo.coverage_tops
        WHERE connection_id = @ConnectionId AND dialog_id >= @LowestDialogId AND dialog_id <= @HighestDialogId
        """);

    public static Task<long?> FindStreamAsync(SqlSession session, long connectionId, long dialogId) =>
        IsChannel(dialogId)
            ? session.FindValueAsync(FindChannelStream, new ByDialog(connectionId, dialogId))
            : session.FindValueAsync(FindCommonStream, new ByConnection(connectionId));

    public static async Task<IReadOnlyList<CoveredTop>> ListAsync(SqlSession session, long connectionId) =>
    [
        .. (await session.ListAsync(ListTops, new ByConnection(connectionId)))
            .Select(row => new CoveredTop(row.DialogId, row.ToId, row.IsComplete)),
    ];

    /// <summary>Channels have streams of their own: without a dialog, all that are no channel are meant.</summary>
    public static Task<int> BreakOffAsync(SqlSession session, long connectionId, long? dialogId) =>
        session.RunAsync(BreakOff, SqlServerDialogIds.Of(connectionId, dialogId));

    /// <summary>From here on the stream continues the dialog's newest range; unless the stream is another one by now.</summary>
    public static async Task FollowAsync(SqlSession session, long connectionId, CoverageTop top)
    {
        if (await FindStreamAsync(session, connectionId, top.DialogId) == top.Stream)
        {
            await session.RunAsync(Save, new ToSave(connectionId, top.DialogId, top.Stream, top.IsComplete));
        }
    }

    /// <summary>Messages that the stream brought: what is new of each dialog, without gaps.</summary>
    public static async Task ContinueAsync(SqlSession session, long connectionId, IReadOnlyList<TelegramMessage> messages)
    {
        foreach (var dialog in messages.GroupBy(message => message.DialogId))
        {
            var (from, to) = (dialog.Min(message => message.MessageId), dialog.Max(message => message.MessageId));
            await ContinueAsync(session, connectionId, new CoveredRange(dialog.Key, from, to));
        }
    }

    private static async Task ContinueAsync(SqlSession session, long connectionId, CoveredRange range)
    {
        var dialog = new ByDialog(connectionId, range.DialogId);
        if (await FindStreamAsync(session, connectionId, range.DialogId) is not { } stream)
        {
            return;
        }

        if (await session.FindValueAsync(FindTop, dialog) == stream)
        {
            await SqlServerCoverageStore.ExtendTopAsync(session, connectionId, range.DialogId, range.ToId);
            return;
        }

        // Between what is stored already and this there may be a hole. Where nothing is stored there is none since we listen, once
        // somebody has looked into what came between that and the stream's beginning.
        var isFirst = await IsSettledAsync(session, connectionId, range.DialogId, stream) && !await session.AnyAsync(HasCoverage, dialog);
        await SqlServerCoverageStore.AddAsync(session, connectionId, range);
        await FollowAsync(session, connectionId, new CoverageTop(range.DialogId, stream, isFirst));
    }

    private static async Task<bool> IsSettledAsync(SqlSession session, long connectionId, long dialogId, long stream) =>
        !IsChannel(dialogId)
        && await session.FindValueAsync(FindTop, new ByDialog(connectionId, CoverageTop.AllDialogs)) == stream;

    private static bool IsChannel(long dialogId) => DialogId.TryCreate(dialogId, out var id) && id.Kind is DialogKind.Channel;

    internal sealed record ToSave(long ConnectionId, long DialogId, long Stream, bool IsComplete);
}
