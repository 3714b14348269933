using Crm.Infrastructure.Persistence.Rows;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>How far updates were read.</summary>
internal static class SqlServerStates
{
    public static readonly SqlQuery<ByConnection, UpdateStateRow> Find = new("""
        SELECT pts AS Pts, qts AS Qts, date AS Date, seq AS Seq FROM dbo.update_states WHERE connection_id = @ConnectionId
        """);

    public static readonly SqlQuery<ByConnection, ChannelStateRow> ListChannels = new("""
        SELECT dialog_id AS DialogId, pts AS Pts FROM dbo.channel_states WHERE connection_id = @ConnectionId ORDER BY dialog_id
        """);

    public static readonly SqlChange<State> Save = new("""
        UPDATE dbo.update_states SET pts = @Pts, qts = @Qts, date = @Date, seq = @Seq WHERE connection_id = @ConnectionId;
        IF @@ROWCOUNT = 0
            INSERT INTO dbo.update_states (connection_id, pts, qts, date, seq, stream)
            VALUES (@ConnectionId, @Pts, @Qts, @Date, @Seq, @Stream);
        """);

    /// <summary>A channel that was forgotten and is heard of again has missed what came between: another stream begins.</summary>
    public static readonly SqlChange<Channel> SaveChannel = new("""
        UPDATE dbo.channel_states
        SET stream = CASE WHEN pts = 0 THEN @Stream ELSE stream END, pts = @Pts
        WHERE connection_id = @ConnectionId AND dialog_id = @DialogId;
        IF @@ROWCOUNT = 0
            INSERT INTO dbo.channel_states (connection_id, dialog_id, pts, stream)
            VALUES (@ConnectionId, @DialogId, @Pts, @Stream);
        """);

    internal sealed record State(long ConnectionId, int Pts, int Qts, int Date, int Seq, long Stream);

    internal sealed record Channel(long ConnectionId, long DialogId, int Pts, long Stream);
}
