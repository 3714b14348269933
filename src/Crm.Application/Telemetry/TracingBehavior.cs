using Crm.Domain;
using MediatR;

namespace Crm.Application.Telemetry;

/// <summary>Makes each command a span of its caller's trace.</summary>
internal sealed class TracingBehavior<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IFailable<TResponse>
{
    private static readonly string Name = typeof(TRequest).Name;

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        CrmActivities.Source.HasListeners() ? TraceAsync(next) : next();

    private static async Task<TResponse> TraceAsync(RequestHandlerDelegate<TResponse> next)
    {
        using var activity = CrmActivities.Source.StartActivity(Name);
        try
        {
            var response = await next();
            if (response.Error is { } error)
            {
                CrmActivities.Refused(activity, error);
            }

            return response;
        }
        catch (Exception exception) when (CrmActivities.Passes(activity, exception))
        {
            throw;
        }
    }
}
