using System.Diagnostics;
using Crm.Application.Ports.Storage;
using Crm.Application.Telemetry;

namespace Crm.Infrastructure.Persistence;

/// <summary>What a store does within a trace, by the name of the store's method: never a statement's text or its parameters.</summary>
internal static class StorageActivity
{
    public const string Sqlite = "sqlite";
    public const string SqlServer = "microsoft.sql_server";

    private const string Async = "Async";

    /// <summary>A span; null while nobody traces.</summary>
    /// <param name="system">OpenTelemetry's name for the database.</param>
    /// <param name="method">The store's method.</param>
    /// <param name="file">The source file it stands in, which is named after the store.</param>
    public static Activity? Start(string system, string method, string file)
    {
        if (Activity.Current is null || !CrmActivities.Source.HasListeners())
        {
            return null;
        }

        var store = Path.GetFileNameWithoutExtension(file.AsSpan());
        store = store.StartsWith("SqlServer", StringComparison.Ordinal) ? store[9..] : store.StartsWith("Sqlite", StringComparison.Ordinal) ? store[6..] : store;
        var operation = method.EndsWith(Async, StringComparison.Ordinal) ? method[..^Async.Length] : method;
        var activity = CrmActivities.StartStep($"{store}.{operation}");
        activity?.SetTag("db.system.name", system);
        return activity;
    }

    /// <summary>Ends the span with the work that was begun in it; whoever asked for the work is back in the span before.</summary>
    public static Task<T> FollowAsync<T>(Activity activity, Task<T> work)
    {
        Activity.Current = activity.Parent;
        return EndAsync(activity, work);
    }

    private static async Task<T> EndAsync<T>(Activity activity, Task<T> work)
    {
        using (activity)
        {
            try
            {
                return await work;
            }
            catch (Exception exception) when (CrmActivities.Passes(activity, exception, (exception as StorageUnavailableException)?.Trouble.ToString()))
            {
                throw;
            }
        }
    }
}
