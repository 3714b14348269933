using Crm.Domain;

namespace Crm.Application.ApiKeys;

/// <summary>What managing API keys can refuse.</summary>
public static class ApiKeyErrors
{
    /// <summary>Not there, or not the caller's: the same answer, so that ids can't be probed.</summary>
    public static readonly Error NotFound = new("api_key.not_found", ErrorCategory.NotFound, "There is no such API key.");

    public static readonly Error TooMany = new("api_key.too_many", ErrorCategory.Conflict, "This account has as many API keys as it may have.");
}
