using Microsoft.AspNetCore.Authorization;

namespace Crm.Api.Authentication;

/// <summary>
/// Who is calling is asked of the database, which may be away. What is open to everybody answers without, so that a process that waits
/// for its database is still seen to live.
/// </summary>
internal static class OpenEndpoints
{
    public static bool IsOpen(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
