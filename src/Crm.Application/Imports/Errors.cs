using Crm.Application.Ports.Storage;
using Crm.Domain;

namespace Crm.Application.Imports;

/// <summary>What imports can refuse.</summary>
public static class ImportErrors
{
    /// <summary>Not there, or not the caller's: the same answer, so that ids can't be probed.</summary>
    public static readonly Error NotFound = new("import.not_found", ErrorCategory.NotFound, "There is no such import.");

    public static readonly Error TooMany = new(
        "import.too_many", ErrorCategory.TooManyRequests, "Too many dialogs of this account wait to be imported.")
    {
        RetryAfter = TimeSpan.FromSeconds(30),
    };

    /// <summary>Somebody who waits for an import sees it paused; also what a paused one gives as its reason.</summary>
    public static readonly Error Paused = new(
        "import.paused", ErrorCategory.Conflict, "The import of this dialog is paused; POST imports goes on with it.");

    /// <summary>A pause is an interruption that nothing but a request ends.</summary>
    internal static readonly ImportEnd PausedEnd = new(ImportState.Interrupted, Paused.Code, DateTimeOffset.MaxValue);
}
