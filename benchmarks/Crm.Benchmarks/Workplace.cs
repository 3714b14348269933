using Microsoft.Data.Sqlite;

namespace Crm.Benchmarks;

/// <summary>Where a run keeps its data: a directory that goes with it, or one that stays for later runs.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly bool _isKept;

    public Workplace(string? keep = null)
    {
        _isKept = keep is not null;
        Directory = keep is null ? System.IO.Directory.CreateTempSubdirectory("crm-benchmark-") : System.IO.Directory.CreateDirectory(keep);
        Api = Directory.CreateSubdirectory("api").FullName;
        Sandbox = Directory.CreateSubdirectory("sandbox").FullName;
    }

    public DirectoryInfo Directory { get; }

    /// <summary>The API's data.</summary>
    public string Api { get; }

    /// <summary>The sandbox's world.</summary>
    public string Sandbox { get; }

    /// <summary>The API's database, where it is SQLite.</summary>
    public string DatabaseFile => Path.Combine(Api, "crm.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (!_isKept)
        {
            Directory.Delete(recursive: true);
        }
    }
}
