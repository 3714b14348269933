namespace Crm.Infrastructure.Persistence;

/// <summary>Where and how data is stored.</summary>
public sealed class PersistenceOptions
{
    /// <summary>The directory of the SQLite file <c>crm.db</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>How long a call waits for a database that somebody else holds, before it is refused.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
