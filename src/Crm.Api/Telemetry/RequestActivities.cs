using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Crm.Api.Telemetry;

/// <summary>Says of a request's span which route it was and how it ended. Query strings, which may hold secrets, stay out.</summary>
internal static class RequestActivities
{
    private const string Query = "url.query";

    public static void UseRequestActivities(this IApplicationBuilder app) => app.Use(static (context, next) =>
        context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } activity ? FollowAsync(activity, context, next) : next(context));

    private static async Task FollowAsync(Activity activity, HttpContext context, RequestDelegate next)
    {
        await next(context);

        // Whoever handled an exception has taken the route away, but remembers it.
        var endpoint = context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
        var method = HttpMethods.GetCanonicalizedValue(context.Request.Method);
        activity.DisplayName = route is null ? method : $"{method} /{route.TrimStart('/')}";
        activity.SetTag("http.request.method", method);
        activity.SetTag("http.route", route);
        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        activity.SetTag(Query, null);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
