using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Crm.Api.Tests.Support;

/// <summary>What a target was sent.</summary>
internal sealed record Posted(IHeaderDictionary Headers, string Body)
{
    public long EventId => long.Parse(Headers["X-Crm-Event-Id"].ToString());

    public JsonNode Json => JsonNode.Parse(Body)!;
}

/// <summary>Somebody's server on loopback that is told of events and behaves as a test says.</summary>
internal sealed class WebhookTarget : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookTarget(WebApplication app) => _app = app;

    /// <summary>What it does with a request after it has been kept; 200 when nothing is said.</summary>
    public Func<HttpContext, Task>? Behaviour { get; set; }

    /// <summary>Every request whose body arrived, whatever was answered.</summary>
    public ConcurrentQueue<Posted> Requests { get; } = new();

    public string Url { get; private set; } = "";

    public static async Task<WebhookTarget> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var target = new WebhookTarget(app);
        app.Run(target.HandleAsync);
        await app.StartAsync();
        target.Url = $"{app.Urls.Single()}/hook?token=1";
        return target;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Enqueue(new Posted(new HeaderDictionary(context.Request.Headers.ToDictionary()), body));
        if (Behaviour is { } behave)
        {
            await behave(context);
        }
    }
}
