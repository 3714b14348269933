using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Crm.Infrastructure.Persistence.Transfer;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>Reads the rows that move, page by page along the primary key, so that no statement runs for long.</summary>
internal static class SqlServerTransferReader
{
    private const int PageRows = 5_000;
    private const int TimeoutSeconds = 300;
    private const int LongestText = 4000;

    public static async IAsyncEnumerable<object?[]> ReadAsync(
        SqlConnection connection, TransferStep step, IReadOnlyList<object>? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var order = SqlServerTransferSql.OrderOf(step);
        var position = after ?? [.. order.Select(column => column.Kind is ColumnKind.Integer ? (object)long.MinValue : "")];
        while (true)
        {
            var read = 0;
            object?[] last = [];
            await using var command = CreateCommand(connection, step, order, position);
            await using (var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    last = Row(reader, step.Columns);
                    read++;
                    yield return last;
                }
            }

            if (read < PageRows)
            {
                yield break;
            }

            position = [.. order.Select(column => last[step.IndexOf(column)]!)];
        }
    }

    private static SqlCommand CreateCommand(
        SqlConnection connection, TransferStep step, IReadOnlyList<TransferColumn> order, IReadOnlyList<object> position)
    {
        var command = connection.CreateCommand();
        command.CommandText = SqlServerTransferSql.Pages[SqlServerTransferSql.NameOf(step)].Text;
        command.CommandTimeout = TimeoutSeconds;
        command.Parameters.Add("@Take", SqlDbType.Int).Value = PageRows;
        for (var i = 0; i < order.Count; i++)
        {
            var name = $"@{SqlServerTransferSql.NameOf(order, i)}";
            var parameter = order[i].Kind is ColumnKind.Integer
                ? command.Parameters.Add(name, SqlDbType.BigInt)
                : command.Parameters.Add(name, SqlDbType.NVarChar, LongestText);
            parameter.Value = position[i];
        }

        return command;
    }

    /// <summary>The row a reader stands at; its columns are read in order.</summary>
    public static object?[] Row(DbDataReader reader, IReadOnlyList<TransferColumn> columns)
    {
        var row = new object?[columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            var value = reader.GetValue(i);
            row[i] = value is DBNull ? null : columns[i].Kind is ColumnKind.Integer ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : value;
        }

        return row;
    }
}
