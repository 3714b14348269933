namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Sessions, encrypted, each of the connection it is for.</summary>
internal static class SqlServerSessions
{
    public static readonly SqlQuery<ByConnection, byte[]> Find = new("""
        SELECT data AS Value FROM dbo.sessions WHERE connection_id = @ConnectionId
        """);

    public static readonly SqlQuery<ByConnection, int> Exists = new("""
        SELECT 1 AS Value FROM dbo.sessions WHERE connection_id = @ConnectionId
        """);

    /// <summary>What an earlier session than the present one wants to keep is passed over.</summary>
    public static readonly SqlChange<ToSave> Save = new("""
        UPDATE dbo.sessions SET data = @Data, saved_ms = @NowMs
        WHERE connection_id = @ConnectionId
          AND EXISTS (SELECT 1 FROM dbo.connections AS c WHERE c.id = @ConnectionId AND c.session_number = @SessionNumber);
        INSERT INTO dbo.sessions (connection_id, data, saved_ms)
        SELECT c.id, @Data, @NowMs FROM dbo.connections AS c
        WHERE c.id = @ConnectionId AND c.session_number = @SessionNumber
          AND NOT EXISTS (SELECT 1 FROM dbo.sessions AS s WHERE s.connection_id = @ConnectionId);
        """);

    public static readonly SqlChange<ByConnection> Delete = new("""
        DELETE FROM dbo.sessions WHERE connection_id = @ConnectionId;
        UPDATE dbo.connections SET session_number = session_number + 1 WHERE id = @ConnectionId;
        """);

    internal sealed record ToSave(long ConnectionId, int SessionNumber, byte[] Data, long NowMs);
}
