using System.Diagnostics.CodeAnalysis;
using Crm.Infrastructure.Persistence.SqlServer;

namespace Crm.Infrastructure.Persistence.Transfer;

/// <summary>A database as a command names it: <c>sqlite:PATH</c> or <c>sqlserver:CONNECTIONSTRING</c>.</summary>
public sealed class StorageLocation
{
    private const string SqlitePrefix = "sqlite:";
    private const string SqlServerPrefix = "sqlserver:";

    private StorageLocation(bool isSqlServer, string value) => (IsSqlServer, Value) = (isSqlServer, value);

    public bool IsSqlServer { get; }

    /// <summary>The file's absolute path, or the connection string: a secret.</summary>
    public string Value { get; }

    public static StorageLocation Sqlite(string file) =>
        new(isSqlServer: false, Path.GetFullPath(Directory.Exists(file) ? Path.Combine(file, "crm.db") : file));

    public static StorageLocation SqlServer(string connectionString) => new(isSqlServer: true, connectionString);

    /// <summary>Reads what was written; what is wrong with it is told without repeating it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out StorageLocation? location, [NotNullWhen(false)] out string? problem)
    {
        (location, problem) = (null, null);
        if (text.StartsWith(SqlitePrefix, StringComparison.OrdinalIgnoreCase) && text.Length > SqlitePrefix.Length)
        {
            location = Sqlite(text[SqlitePrefix.Length..]);
        }
        else if (!text.StartsWith(SqlServerPrefix, StringComparison.OrdinalIgnoreCase))
        {
            problem = "must be sqlite:PATH or sqlserver:CONNECTIONSTRING";
        }
        else if (SqlServerConnectionString.FindProblem(text[SqlServerPrefix.Length..]) is null)
        {
            location = SqlServer(text[SqlServerPrefix.Length..]);
        }
        else
        {
            problem = "must hold a connection string such as \"sqlserver:Server=…;Database=…;User Id=…;Password=…\", in quotes";
        }

        return location is not null;
    }

    /// <summary>Where it is, without anything secret.</summary>
    public override string ToString() => IsSqlServer ? "SQL Server" : Value;
}
