using System.Data;
using Crm.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Tests.Persistence.SqlServer;

public sealed class SqlParametersTests
{
    [Test]
    public void Bind_WhenValuesAreThere_GivesEachTheTypeOfItsProperty()
    {
        using var command = Bind(new Values(1, 2, true, "text", [1, 2], null, null, null, null));

        Assert.That(
            command.Parameters.Cast<SqlParameter>().Select(one => (one.ParameterName, one.SqlDbType, one.Value)),
            Is.EqualTo(new (string, SqlDbType, object)[]
            {
                ("@Long", SqlDbType.BigInt, 1L), ("@Int", SqlDbType.Int, 2), ("@Flag", SqlDbType.Bit, true), ("@Text", SqlDbType.NVarChar, "text"),
                ("@Bytes", SqlDbType.VarBinary, new byte[] { 1, 2 }), ("@NoLong", SqlDbType.BigInt, DBNull.Value),
                ("@NoInt", SqlDbType.Int, DBNull.Value), ("@NoText", SqlDbType.NVarChar, DBNull.Value),
                ("@NoBytes", SqlDbType.VarBinary, DBNull.Value),
            }));
    }

    [TestCase(4000, 4000)]
    [TestCase(4001, -1)]
    public void Bind_WhenATextIsLong_CutsNothing(int length, int size)
    {
        using var command = Bind(new Values(1, 2, true, new string('x', length), [], null, null, null, null));

        Assert.That(command.Parameters["@Text"].Size, Is.EqualTo(size));
    }

    [TestCase("a\0😀", "a\uFFFD😀")]
    [TestCase("\uFFFF 😀 \u202E", "\uFFFF 😀 \u202E")]
    public void Bind_WhenATextIsNoneEverywhere_PutsReplacementCharactersThere(string text, string bound)
    {
        using var command = Bind(new Values(1, 2, true, text, [], null, null, null, null));

        Assert.That(command.Parameters["@Text"].Value, Is.EqualTo(bound));
    }

    [Test]
    public void Storable_WhenATextHoldsHalfASurrogatePair_PutsAReplacementCharacterThere() =>
        Assert.That(SqlParameters.Storable("a\uD83Db"), Is.EqualTo("a\uFFFDb"));

    [Test]
    public void Bind_WhenThereAreRows_SendsThemAsTheirType()
    {
        using var command = new SqlCommand();
        var row = new SqlServerMessages.MessageToInsert(0, -100, 7, true, "quote \" line\n 😀\0", 1_700_000_000, null, 5);

        SqlParameters.Bind(command, new SqlServerMessages.ToInsert(1, 2, new SqlRows<SqlServerMessages.MessageToInsert>([row])));

        var parameter = command.Parameters["@Rows"];
        var record = ((IEnumerable<Microsoft.Data.SqlClient.Server.SqlDataRecord>)parameter.Value).Single();
        Assert.That((parameter.SqlDbType, parameter.TypeName), Is.EqualTo((SqlDbType.Structured, "dbo.message_rows")));
        Assert.That(
            Enumerable.Range(0, record.FieldCount).Select(record.GetValue),
            Is.EqualTo(new object[] { 0, -100L, 7, true, "quote \" line\n 😀\uFFFD", 1_700_000_000L, DBNull.Value, 5L }));
    }

    private static SqlCommand Bind(Values values)
    {
        var command = new SqlCommand();
        SqlParameters.Bind(command, values);
        return command;
    }

    private sealed record Values(
        long Long, int Int, bool Flag, string Text, byte[] Bytes, long? NoLong, int? NoInt, string? NoText, byte[]? NoBytes);
}
