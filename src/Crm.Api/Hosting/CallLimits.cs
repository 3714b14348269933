using System.Threading.RateLimiting;
using Crm.Api.Authentication;
using Crm.Api.Configuration;
using Crm.Api.Problems;
using Crm.Domain.Access;

namespace Crm.Api.Hosting;

/// <summary>How often one may call: each account has its own allowance, and each address for calls that no account makes.</summary>
internal static class CallLimits
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddCallLimits(this IServiceCollection services, HttpSettings settings)
    {
        var ofAccounts = Bucket(settings.CallsPerSecond, settings.CallsAtOnce);
        var ofAddresses = Bucket(settings.AnonymousCallsPerSecond, settings.AnonymousCallsAtOnce);
        return services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = (context, _) => new ValueTask(RefuseAsync(context.HttpContext, context.Lease));
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                !http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? RateLimitPartition.GetNoLimiter("none")
                : AccountIdentity.TryGetAccountId(http.User) is { } accountId
                    ? RateLimitPartition.GetTokenBucketLimiter($"account {accountId}", _ => ofAccounts)
                    : RateLimitPartition.GetTokenBucketLimiter(CallerAddress.Network(http.Connection.RemoteIpAddress), _ => ofAddresses));
        });
    }

    private static TokenBucketRateLimiterOptions Bucket(int perPeriod, int atOnce) => new()
    {
        TokensPerPeriod = perPeriod,
        TokenLimit = Math.Max(perPeriod, atOnce),
        ReplenishmentPeriod = Period,
        QueueLimit = 0,
    };

    private static Task RefuseAsync(HttpContext http, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? retryAfter : Period;
        return ProblemResult.WriteAsync(http, StatusProblems.For(StatusCodes.Status429TooManyRequests) with { RetryAfter = wait });
    }
}
