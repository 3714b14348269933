using System.Data;
using System.Reflection;
using Crm.Infrastructure.Persistence.Rows;
using Crm.Infrastructure.Persistence.SqlServer;

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

    private static IEnumerable<TestCaseData> RowTypes() =>
        SqlServerStatementTests.All().Select(statement => statement.Row).OfType<Type>().Distinct().Where(row => row != typeof(object[]))
            .Select(row => new TestCaseData(row).SetArgDisplayNames(row.Name));

    [TestCaseSource(nameof(RowTypes))]
    public void ParserOf_WhateverRowsAreReadAs_ReadsThem(Type row) =>
        Assert.That(
            typeof(SqlServerColumnsTests).GetMethod(nameof(Parse), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(row).Invoke(null, null),
            Is.TypeOf(Nullable.GetUnderlyingType(row) ?? row));

    [Test]
    public void ParserOf_WhenRowsAreReadByName_TakesFlagsAndNumbersAsTheyCome()
    {
        using var reader = Table(
            WebhookRow.Columns, typeof(WebhookRow), 1L, 2L, "url", new byte[] { 3 }, "", true, DBNull.Value, 4L, 5, 6L, DBNull.Value, 7L, 8);

        var row = SqlSession.ParserOf<WebhookRow>(reader)(reader);

        Assert.That((row.Active, row.Cursor, row.Failures, row.FailingSinceMs, row.Version), Is.EqualTo((true, 4L, 5, (long?)null, 8)));
    }

    [Test]
    public void ParserOf_WhenASingleValueIsNull_GivesNull()
    {
        var table = new DataTable();
        table.Columns.Add("Value", typeof(long));
        table.Rows.Add(DBNull.Value);
        using var reader = table.CreateDataReader();
        reader.Read();

        Assert.That(SqlSession.ParserOf<long?>(reader)(reader), Is.Null);
    }

    private static TRow Parse<TRow>()
    {
        var columns = SqlText.ServersTypeOf(typeof(TRow)) is not null
            ? [("Value", typeof(TRow))]
            : typeof(TRow).GetProperties().Where(property => property.CanWrite).Select(property => (property.Name, property.PropertyType)).ToList();
        var table = new DataTable();
        foreach (var (name, type) in columns)
        {
            table.Columns.Add(name, Nullable.GetUnderlyingType(type) ?? type);
        }

        table.Rows.Add([.. columns.Select(column => Sample(Nullable.GetUnderlyingType(column.Item2) ?? column.Item2))]);
        using var reader = table.CreateDataReader();
        reader.Read();
        return SqlSession.ParserOf<TRow>(reader)(reader);
    }

    private static object Sample(Type type) =>
        type == typeof(string) ? "text" : type == typeof(byte[]) ? new byte[] { 1 } : Activator.CreateInstance(type)!;

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
