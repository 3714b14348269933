namespace Crm.Api.Hosting;

/// <summary>
/// Answers what no route takes (404) or no method of it (405) before authentication, which would hide both behind a 401:
/// the fallback policy closes every endpoint that doesn't say otherwise, even those that don't exist.
/// </summary>
internal static class UnroutedRequests
{
    public static void UseUnroutedRequests(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        switch (context.GetEndpoint())
        {
            case RouteEndpoint:
                return next(context);
            case { RequestDelegate: { } refuse }:
                return refuse(context);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    });
}
