using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Crm.Infrastructure.Persistence.SqlServer;

/// <summary>One unit of work's connection: runs statements one after the other, and nothing that isn't one.</summary>
internal sealed class SqlSession(SqlConnection connection, SqlTransaction? transaction, int timeoutSeconds, CancellationToken cancellationToken)
{
    private readonly HashSet<long> _grown = [];

    /// <summary>Accounts whose logs have grown, which is announced after the commit.</summary>
    public IReadOnlyCollection<long> Grown => _grown;

    public void LogHasGrown(long accountId) => _grown.Add(accountId);

    /// <summary>Runs a statement; answers how many rows it changed.</summary>
    public async Task<int> RunAsync<TParameters>(SqlChange<TParameters> statement, TParameters parameters)
        where TParameters : class
    {
        await using var command = CreateCommand(statement, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>All rows of a statement that answers few.</summary>
    public Task<List<TRow>> ListAsync<TParameters, TRow>(SqlQuery<TParameters, TRow> statement, TParameters parameters)
        where TParameters : class
    {
        Func<DbDataReader, TRow>? parse = null;
        return ReadAsync(
            statement, parameters, CommandBehavior.Default, reader => ValueTask.FromResult((parse ??= ParserOf<TRow>(reader))(reader)));
    }

    /// <summary>The first row; null where there is none, so <typeparamref name="TRow"/> is a type that can be null.</summary>
    public async Task<TRow?> FindAsync<TParameters, TRow>(SqlQuery<TParameters, TRow> statement, TParameters parameters)
        where TParameters : class
        where TRow : class =>
        (await ListAsync(statement, parameters)).FirstOrDefault();

    /// <summary>The first row's only value; null where there is no row.</summary>
    public async Task<long?> FindValueAsync<TParameters>(SqlQuery<TParameters, long?> statement, TParameters parameters)
        where TParameters : class =>
        (await ListAsync(statement, parameters)).FirstOrDefault();

    /// <summary>Whether there is a row.</summary>
    public async Task<bool> AnyAsync<TParameters>(SqlQuery<TParameters, int> statement, TParameters parameters)
        where TParameters : class =>
        (await ListAsync(statement, parameters)).Count > 0;

    /// <summary>Rows as they come, each column read once and in order, so that no long value is held twice.</summary>
    public Task<List<TRow>> StreamAsync<TParameters, TRow>(
        SqlQuery<TParameters, TRow> statement, TParameters parameters, Func<DbDataReader, ValueTask<TRow>> read)
        where TParameters : class =>
        ReadAsync(statement, parameters, CommandBehavior.SequentialAccess, read);

    /// <summary>
    /// Reads a class by the names of its properties, or a single value. Asked with a type argument, Dapper fails where the value is an
    /// object: it casts a function that answers objects to one that answers this type (github.com/DapperLib/Dapper/issues/1822).
    /// </summary>
    internal static Func<DbDataReader, TRow> ParserOf<TRow>(DbDataReader reader)
    {
        var parse = reader.GetRowParser(typeof(TRow));
        return row => (TRow)parse(row);
    }

    private async Task<List<TRow>> ReadAsync<TParameters, TRow>(
        SqlQuery<TParameters, TRow> statement, TParameters parameters, CommandBehavior behavior, Func<DbDataReader, ValueTask<TRow>> read)
        where TParameters : class
    {
        await using var command = CreateCommand(statement, parameters);
        await using var reader = await command.ExecuteReaderAsync(behavior, cancellationToken);
        var rows = new List<TRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(await read(reader));
        }

        // An error that follows the rows is told only to who reads on.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return rows;
    }

    private SqlCommand CreateCommand<TParameters>(SqlStatement statement, TParameters parameters)
        where TParameters : class
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement.Text;
        command.CommandTimeout = timeoutSeconds;
        SqlParameters.Bind(command, parameters);
        return command;
    }
}
