namespace Crm.Infrastructure.Persistence;

/// <summary>Where and how data is stored.</summary>
public sealed class PersistenceOptions
{
    /// <summary>The directory of the SQLite file <c>crm.db</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>How many pages of 4 KiB the file may have, so that it leaves room on the disk; null for as many as there is room for.</summary>
    public long? MaxPages { get; set; }

    /// <summary>Where the system tells one start of the machine from another; one that has no such file is fine.</summary>
    public string BootIdFile { get; set; } = "/proc/sys/kernel/random/boot_id";

    /// <summary>How long a call waits for a database that somebody else holds, before it is refused.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
