using System.Data;
using Crm.Infrastructure.Persistence.Rows;
using Crm.Infrastructure.Persistence.SqlServer;
using Dapper;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

/// <summary>Rows are read from columns of the types that the migrations give them; a reader is as strict about them as SqlClient's.</summary>
public sealed class SqlServerColumnsTests
{
    [Test]
    public async Task ReadMessageAsync_WhenColumnsAreInTheirOrder_ReadsEach()
    {
        using var reader = Table(
            SqlServerColumns.Message, typeof(StoredMessage), 1L, 2L, 3L, -100L, 4, true, "text", 5L, DBNull.Value, 6L, 7);

        var row = await SqlServerColumns.ReadMessageAsync(reader);

        Assert.That(row, Is.EqualTo(new StoredMessage
        {
            Id = 1,
            AccountId = 2,
            ConnectionId = 3,
            DialogId = -100,
            MessageId = 4,
            Outgoing = true,
            Text = "text",
            Date = 5,
            DeletedAt = 6,
            Revisions = 7,
        }));
    }

    [Test]
    public async Task ReadEventAsync_WhenColumnsAreInTheirOrder_ReadsEach()
    {
        using var reader = Table(SqlServerColumns.Event, typeof(EventRow), 1L, 2L, 3L, "type", DBNull.Value, "{}", 5000L);

        var read = (await SqlServerColumns.ReadEventAsync(reader)).ToEvent();

        Assert.That(
            (read.Id, read.AccountId, read.ConnectionId, read.Type, read.MessageRowId, read.Data, read.Timestamp),
            Is.EqualTo((1L, 2L, 3L, "type", (long?)null, "{}", 5L)));
    }

    [Test]
    public void GetRowParser_WhenRowsAreReadByName_TakesFlagsAndNumbersAsTheyCome()
    {
        using var reader = Table(
            WebhookRow.Columns, typeof(WebhookRow), 1L, 2L, "url", new byte[] { 3 }, "", true, DBNull.Value, 4L, 5, 6L, DBNull.Value, 7L, 8);

        var row = reader.GetRowParser<WebhookRow>()(reader);

        Assert.That((row.Active, row.Cursor, row.Failures, row.FailingSinceMs, row.Version), Is.EqualTo((true, 4L, 5, (long?)null, 8)));
    }

    [Test]
    public void GetRowParser_WhenASingleValueIsNull_GivesNull()
    {
        var table = new DataTable();
        table.Columns.Add("Value", typeof(long));
        table.Rows.Add(DBNull.Value);
        using var reader = table.CreateDataReader();
        reader.Read();

        Assert.That(reader.GetRowParser<long?>()(reader), Is.Null);
    }

    /// <summary>A reader on one row, whose columns have the names of a list of columns and the types of what it is read as.</summary>
    private static DataTableReader Table(string columns, Type row, params object[] values)
    {
        var table = new DataTable();
        foreach (var name in columns.Split(',').Select(column => column.Split(" AS ")[1].Trim().Trim('[', ']')))
        {
            var type = row.GetProperty(name)!.PropertyType;
            table.Columns.Add(name, Nullable.GetUnderlyingType(type) ?? type);
        }

        table.Rows.Add(values);
        var reader = table.CreateDataReader();
        reader.Read();
        return reader;
    }
}
