using Crm.Api.Configuration;
using Crm.Api.Hosting;
using Crm.Api.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Crm.Api.Inbox;

/// <summary>
/// The page at <c>/</c>: plain files beside the program. Browsers keep them and ask each time whether they still hold, so that nobody
/// works with yesterday's page; what is no file of it goes on to the API.
/// </summary>
internal static class InboxPage
{
    /// <summary>Itself and nothing else; styles and scripts are files.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private const string Directory = "wwwroot";
    private const string SettingsPath = "/inbox.json";

    public static void UseInbox(this WebApplication app, ApiSettings settings)
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, Directory));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, OnPrepareResponse = static file => Prepare(file.Context) });
        var answer = InboxSettings.From(app.Environment, settings);
        app.MapGet(SettingsPath, context => context.Response.WriteAsJsonAsync(answer, ApiJson.Options, context.RequestAborted)).AllowAnonymous().ExcludeFromDescription();
    }

    private static void Prepare(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        SecurityHeaders.Allow(context, ContentSecurityPolicy);
        if (context.Response.ContentType is { } type && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !type.Contains("charset", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers[HeaderNames.ContentType] = $"{type}; charset=utf-8";
        }
    }
}
