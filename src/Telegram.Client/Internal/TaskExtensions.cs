using System.Runtime.CompilerServices;

namespace Telegram.Client;

/// <summary>How this library waits.</summary>
internal static class TaskExtensions
{
    /// <summary>Waits for the end, whatever it is: success, failure, time-out or cancellation; the caller looks which.</summary>
    public static ConfiguredTaskAwaitable Quietly(this Task task) =>
        task.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
}
