using Crm.Api.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Crm.Api.Hosting;

/// <summary>How much a caller may make the server hold.</summary>
internal static class ServerLimits
{
    public static void Apply(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        // Bodies over RequestBody.MaxBytes get a 413. The server's own limit is larger, because it breaks the connection off
        // under callers who are still sending, and those would see that instead of the answer.
        options.Limits.MaxRequestBodySize = 32 * RequestBody.MaxBytes;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.MaxRequestLineSize = 4 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }
}
