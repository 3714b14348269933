using Crm.Application.Ports.Storage;

namespace Crm.Api.Hosting;

/// <summary>Says which key to change when the database can't be used.</summary>
internal static class StorageProblem
{
    private const string ServerKey = "Storage:ConnectionString";
    private const string FileKey = "Data:Directory";

    public static string Explain(StorageUnavailableException exception, IConfiguration? configuration)
    {
        if ("sqlserver".Equals(configuration?["Storage:Provider"]?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            return exception.Message.Contains(ServerKey, StringComparison.Ordinal) ? exception.Message : $"{ServerKey}: {exception.Message}";
        }

        var directory = Path.GetFullPath(configuration?[FileKey] is { Length: > 0 } configured ? configured : "data");
        return $"{FileKey}: the database crm.db in \"{directory}\" {Describe(exception)}";
    }

    private static string Describe(StorageUnavailableException exception) => exception.Trouble switch
    {
        StorageTrouble.Busy => "is held by another process.",
        StorageTrouble.Full => "cannot grow: the disk is full.",
        StorageTrouble.ReadOnly => "cannot be written to: it and its directory must be this user's.",
        StorageTrouble.Damaged => "is damaged, or no database: put a back-up in its place, or name another directory.",
        StorageTrouble.Unreachable => "cannot be opened: it and its directory must be there and this user's.",
        _ => $"cannot be used: {exception.Message}",
    };
}
