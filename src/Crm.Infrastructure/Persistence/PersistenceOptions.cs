namespace Crm.Infrastructure.Persistence;

/// <summary>In what data is stored.</summary>
public enum StorageProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>Where and how data is stored.</summary>
public sealed class PersistenceOptions
{
    public StorageProvider Provider { get; set; }

    /// <summary>The directory of the SQLite file <c>crm.db</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>How many pages of 4 KiB the file may have, so that it leaves room on the disk; null for as many as there is room for.</summary>
    public long? MaxPages { get; set; }

    /// <summary>Where the system tells one start of the machine from another; one that has no such file is fine.</summary>
    public string BootIdFile { get; set; } = "/proc/sys/kernel/random/boot_id";

    /// <summary>How long a call waits for a database that somebody else holds, before it is refused.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a database that can't be used at the start is waited for; otherwise the start fails.</summary>
    public bool Waits { get; set; }

    /// <summary>Whether texts that wait to be sent are stored encrypted.</summary>
    public bool SealsQueuedTexts { get; set; }

    /// <summary>How SQL Server is reached. It holds a password: never to be logged.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How long one statement may take on SQL Server.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with a connection string to SQL Server, told without a word of what it holds; null when it can be tried.</summary>
    public static string? FindConnectionStringProblem(string connectionString) =>
        SqlServer.SqlServerConnectionString.FindProblem(connectionString);
}
