using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Limits;

/// <summary>What Telegram wants the account not to do yet.</summary>
public sealed record GetLimitsQuery(long AccountId) : IRequest<Result<IReadOnlyList<LimitState>>>;

/// <summary>A limit of Telegram's that is in force.</summary>
public sealed class LimitState
{
    /// <summary>Telegram's name of what may not be called.</summary>
    public required string Method { get; init; }

    /// <summary>Why: flood_wait, flood_premium_wait, slowmode_wait, peer_flood, …</summary>
    public required string Reason { get; init; }

    /// <summary>The only dialog it counts for; null: for all.</summary>
    public required long? IdUser { get; init; }

    /// <summary>When it ends, in Unix seconds.</summary>
    public required long Until { get; init; }

    /// <summary>Seconds until then.</summary>
    public required long SecondsLeft { get; init; }
}

internal sealed class GetLimitsHandler(ILimitStore limits, TimeProvider time)
    : IRequestHandler<GetLimitsQuery, Result<IReadOnlyList<LimitState>>>
{
    public async Task<Result<IReadOnlyList<LimitState>>> Handle(GetLimitsQuery request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var inForce = await limits.ListOfAccountAsync(request.AccountId, cancellationToken);
        return Result.Success<IReadOnlyList<LimitState>>([.. inForce.Select(limit => Describe(limit, now))]);
    }

    private static LimitState Describe(Limit limit, DateTimeOffset now) => new()
    {
        Method = limit.Method,
        Reason = limit.Reason.ToLowerInvariant(),
        IdUser = limit.DialogId,
        Until = limit.Until.ToUnixTimeSeconds(),
        SecondsLeft = Math.Max(1, (long)Math.Ceiling((limit.Until - now).TotalSeconds)),
    };
}
