using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Persistence.Sqlite;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Crm.Infrastructure.Tests.Persistence.Sqlite;

/// <summary>What is new is found by an index however many messages there are, whichever way it is asked for.</summary>
public sealed class SqliteMessageReaderTests
{
    private static readonly Dictionary<long, string> Messengers = new() { [1] = "telegram" };

    private SqliteConnection _connection = null!;

    [SetUp]
    public void SetUp()
    {
        _connection = new SqliteConnection("Data Source=:memory:");
        _connection.Open();
        SqliteMigrator.Migrate(_connection, default);
    }

    [TearDown]
    public void TearDown() => _connection.Dispose();

    [TestCase(null, null, "ix_messages_account (account_id=? AND id>?)")]
    [TestCase(100L, null, "ix_messages_dialog (account_id=? AND dialog_id=? AND id>?)")]
    [TestCase(100L, "telegram", "ix_messages_dialog (account_id=? AND dialog_id=? AND id>?)")]
    public void Window_WhenWhatIsNewIsRead_IsEnteredWhereItBegins(long? dialogId, string? messenger, string index)
    {
        var filter = new MessageFilter(1) { DialogId = dialogId, Messenger = messenger, AfterId = 5, Limit = 50 };
        var parameters = new { accountId = 1, dialog = 100, afterId = 5, take = 50 };

        var plan = _connection
            .Query($"EXPLAIN QUERY PLAN {SqliteMessageReader.Window(filter, Messengers)}", parameters)
            .Select(step => (string)step.detail).ToList();

        Assert.That(plan, Is.EqualTo(new[] { $"SEARCH messages USING INDEX {index}" }));
    }

    [Test]
    public void Rows_WhenTheyHaveBeenFound_AreReadByTheirIds()
    {
        var plan = _connection
            .Query($"EXPLAIN QUERY PLAN {SqliteMessageReader.Rows}", new { accountId = 1, ids = "[1,2]" })
            .Select(step => (string)step.detail).ToList();

        Assert.That(plan, Has.Some.StartsWith("SEARCH messages USING INTEGER PRIMARY KEY").Or.Some.Contains("ix_messages_account (account_id=? AND id=?)"));
    }
}
