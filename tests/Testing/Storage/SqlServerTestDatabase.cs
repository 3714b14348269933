using System.Security.Cryptography;
using Microsoft.Data.SqlClient;

namespace Testing.Storage;

/// <summary>A database of its own on the SQL Server that the tests were given, dropped afterwards.</summary>
public sealed class SqlServerTestDatabase : IDisposable
{
    /// <summary>The environment variable that holds a connection string to the server; what database it names is of no matter.</summary>
    public const string Variable = "CRM_TEST_SQLSERVER";

    private const int MaxDrops = 50;

    private readonly string _name = $"crm_test_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    private SqlServerTestDatabase()
    {
        Execute($"CREATE DATABASE [{_name}]");
        ConnectionString = new SqlConnectionStringBuilder(Server) { InitialCatalog = _name }.ToString();
    }

    public static bool IsConfigured => Server.Length > 0;

    /// <summary>Why tests are skipped where there is no server.</summary>
    public static string Missing => $"{Variable} holds no connection string: there is no SQL Server to test on.";

    public string ConnectionString { get; }

    private static string Server => Environment.GetEnvironmentVariable(Variable) ?? "";

    public static SqlServerTestDatabase Create() => new();

    public void Dispose()
    {
        // The server learns a moment later that connections are closed, and until then the database is in use.
        SqlConnection.ClearAllPools();
        for (var tried = 1; ; tried++)
        {
            try
            {
                Execute($"DROP DATABASE [{_name}]");
                return;
            }
            catch (SqlException) when (tried < MaxDrops)
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>The name is made above, of digits and letters.</summary>
    private static void Execute(string sql)
    {
        using var connection = new SqlConnection(new SqlConnectionStringBuilder(Server) { Pooling = false, InitialCatalog = "master" }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandTimeout = 120;
#pragma warning disable CA2100 // No input: databases can't be named by parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
