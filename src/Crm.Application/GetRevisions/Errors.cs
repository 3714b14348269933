using Crm.Domain;

namespace Crm.Application.GetRevisions;

/// <summary>What asking for one message can refuse.</summary>
public static class MessageErrors
{
    /// <summary>Not there, or not the caller's: the same answer, so that ids can't be probed.</summary>
    public static readonly Error NotFound = new("message.not_found", ErrorCategory.NotFound, "There is no such message.");
}
