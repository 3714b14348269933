using Crm.Infrastructure.Persistence.SqlServer;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

/// <summary>The check finds what is wrong, and only that.</summary>
public sealed class StatementCheckTests
{
    private static readonly SqlSchema Schema = SqlSchema.OfMigrations();

    [TestCase("UPDATE dbo.limits SET until_ms = @Number WHERE connection_id = @Id AND method = @Text")]
    [TestCase("DELETE FROM dbo.limits WHERE connection_id = @Id AND until_ms < @Number AND method = @Text")]
    [TestCase("UPDATE l SET until_ms = @Number FROM dbo.limits AS l INNER JOIN dbo.connections AS c ON c.id = l.connection_id WHERE c.id = @Id AND l.method = @Text")]
    [TestCase("INSERT INTO dbo.limits (connection_id, method, dialog_id, reason, until_ms) SELECT @Id, @Text, c.id, c.status, @Number FROM dbo.connections AS c")]
    public void FindProblems_WhenAStatementIsRight_FindsNone(string text) => Assert.That(Find(text), Is.Empty);

    [TestCase("UPDATE dbo.limits SET until = @Number WHERE connection_id = @Id AND method = @Text", "column")]
    [TestCase("UPDATE dbo.limits SET until_ms = @Number WHERE connection = @Id AND method = @Text", "no column connection")]
    [TestCase("UPDATE dbo.limits SET until_ms = @Number WHERE Connection_id = @Id AND method = @Text", "no column Connection_id")]
    [TestCase("UPDATE dbo.limit SET until_ms = @Number WHERE connection_id = @Id AND method = @Text", "no table dbo.limit")]
    [TestCase("UPDATE limits SET until_ms = @Number WHERE connection_id = @Id AND method = @Text", "no table limits")]
    [TestCase("UPDATE dbo.limits SET until_ms = @Numbers WHERE connection_id = @Id AND method = @Text", "@Numbers is not supplied")]
    [TestCase("UPDATE dbo.limits SET until_ms = @Number WHERE connection_id = @Id", "@Text is not used")]
    [TestCase("UPDATE dbo.limits SET until_ms = @Text WHERE connection_id = @Id AND method = @Number", "@Text is nvarchar, until_ms is bigint")]
    [TestCase("UPDATE dbo.limits SET until_ms = @Number, reason = NULL WHERE connection_id = @Id AND method = @Text", "reason may not be null")]
    [TestCase("UPDATE dbo.limits WITH (UPDLOCK) SET until_ms = @Number WHERE connection_id = @Id AND method = @Text", "lock hints")]
    [TestCase("UPDATE dbo.limits SET until_ms = @Number OUTPUT DELETED.until_ms WHERE connection_id = @Id AND method = @Text", "OUTPUT")]
    [TestCase("WITH x AS (SELECT l.until_ms FROM dbo.limits AS l WHERE l.connection_id = @Id AND l.method = @Text) UPDATE x SET until_ms = @Number", "common table expression")]
    [TestCase("INSERT INTO dbo.limits (connection_id, method, dialog_id, until_ms) VALUES (@Id, @Text, 1, @Number)", "leaves out reason")]
    [TestCase("INSERT INTO dbo.limits (connection_id, method, dialog_id, reason, until_ms) VALUES (@Id, @Text, 1, @Number)", "5 columns and 4 values")]
    [TestCase("MERGE dbo.limits AS l USING dbo.connections AS c ON c.id = @Id AND l.method = @Text WHEN MATCHED THEN UPDATE SET until_ms = @Number;", "MERGE")]
    [TestCase("DELETE FROM dbo.limits WHERE connection_id = @Id AND until_ms < @Number AND method = LOWER(@Text)", "function LOWER")]
    [TestCase("EXEC sp_executesql @Text, @Number, @Id", "procedure sp_executesql")]
    [TestCase("EXEC (@Text + @Number + @Id)", "run time")]
    [TestCase("WAITFOR DELAY '0:1'; DELETE FROM dbo.limits WHERE connection_id = @Id AND until_ms < @Number AND method = @Text", "WAITFOR")]
    [TestCase("DELETE FROM dbo.limits WHERE connection_id = @Id AND until_ms < @Number AND method IS NOT DISTINCT FROM @Text", "doesn't parse")]
    [TestCase("DELETE FROM dbo.limits WHERE connection_id = @Id AND until_ms < @Number AND method = @Text; SELECT 1 AS Value", "sets of rows")]
    public void FindProblems_WhenAChangeIsWrong_SaysSo(string text, string problem) => Assert.That(Find(text), Has.Some.Contains(problem));

    [TestCase("SELECT id AS Value FROM dbo.events WHERE account_id = @AccountId", "")]
    [TestCase("SELECT TOP 1 id AS Value FROM dbo.events WHERE account_id = @AccountId", "TOP")]
    [TestCase("SELECT id AS Id FROM dbo.events WHERE account_id = @AccountId", "called Value")]
    [TestCase("SELECT type AS Value FROM dbo.events WHERE account_id = @AccountId", "read as bigint and is nvarchar")]
    [TestCase("SELECT e.id AS Value FROM dbo.events AS f WHERE account_id = @AccountId", "no column e.id")]
    [TestCase("SELECT j.id AS Value FROM OPENJSON(N'[]') WITH (id BIGINT) AS j WHERE j.id = @AccountId", "OPENJSON")]
    public void FindProblems_WhenAValueIsAskedFor_LooksAtWhatItIs(string text, string problem)
    {
        var problems = StatementCheck.FindProblems(new SqlQuery<ByAccount, long?>(text), Schema);

        Assert.That(problems, problem.Length == 0 ? Is.Empty : Has.Some.Contains(problem));
    }

    [TestCase("SELECT account_id AS AccountId, turn AS LeaseToken FROM dbo.account_heads WHERE account_id = @AccountId", "")]
    [TestCase("SELECT account_id AS AccountId FROM dbo.account_heads WHERE account_id = @AccountId", "LeaseToken is not answered")]
    [TestCase("SELECT account_id AS AccountId, turn AS Token FROM dbo.account_heads WHERE account_id = @AccountId", "Token is read by nobody")]
    [TestCase("SELECT account_id AS AccountId, message_row_id AS LeaseToken FROM dbo.events WHERE account_id = @AccountId", "may be null")]
    [TestCase("SELECT account_id AS AccountId, attempts AS LeaseToken FROM dbo.sends WHERE account_id = @AccountId", "read as bigint and is int")]
    public void FindProblems_WhenRowsAreAskedFor_ComparesThemWithWhatIsRead(string text, string problem)
    {
        var problems = StatementCheck.FindProblems(new SqlQuery<ByAccount, SqlTurns.HeadRow>(text), Schema);

        Assert.That(problems, problem.Length == 0 ? Is.Empty : Has.Some.Contains(problem));
    }

    private static IReadOnlyList<string> Find(string text) => StatementCheck.FindProblems(new SqlChange<Parameters>(text), Schema);

    private sealed record Parameters(long Id, string Text, long Number);
}
