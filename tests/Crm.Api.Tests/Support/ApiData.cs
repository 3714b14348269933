using System.Data.Common;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Testing.Storage;

namespace Crm.Api.Tests.Support;

/// <summary>
/// What an API keeps: a directory, and where the tests were given a SQL Server, a database of its own there in place of the file.
/// </summary>
internal sealed class ApiData : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqlServerTestDatabase? _server = SqlServerTestDatabase.IsConfigured ? SqlServerTestDatabase.Create() : null;

    public string Path => _directory.Path;

    public string DatabaseFile => System.IO.Path.Combine(Path, "crm.db");

    public void Configure(IWebHostBuilder builder)
    {
        builder.UseSetting("Data:Directory", Path);
        if (_server is not null)
        {
            builder.UseSetting("Storage:Provider", "sqlserver");
            builder.UseSetting("Storage:ConnectionString", _server.ConnectionString);
        }
    }

    /// <summary>Leaves a test to SQLite, whose file or engine it is about.</summary>
    public void RequireSqlite(string reason)
    {
        if (_server is not null)
        {
            Assert.Ignore($"About SQLite alone: {reason}.");
        }
    }

    /// <summary>Changes the database behind the API's back; answers how many rows.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using DbConnection connection = _server is null
            ? new SqliteConnection($"Data Source={DatabaseFile};Pooling=False")
            : new SqlConnection(_server.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests write it.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync();
    }

    public void Dispose()
    {
        _server?.Dispose();
        _directory.Dispose();
    }
}
