using System.Net;

namespace Telegram.Sandbox.Control;

/// <summary>The HTTP server of the control port. It stays up while the data centres restart.</summary>
internal sealed class ControlHost : IAsyncDisposable
{
    private const int MaxBody = 64 * 1024;

    private readonly WebApplication _app;

    private ControlHost(WebApplication app, Uri url)
    {
        _app = app;
        Url = url;
    }

    public Uri Url { get; }

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ControlHost> StartAsync(int port, SandboxServer server, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);

        // The process belongs to whoever runs the sandbox, and so does the decision when it ends.
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        var app = builder.Build();
        app.Use(ControlErrors.HandleAsync);
        app.Use(RefuseStrangersAsync);
        app.UseStatusCodePages(context => ControlErrors.DescribeAsync(context.HttpContext));
        ControlEndpoints.Map(app, server);
        await app.StartAsync(cancellationToken);
        return new ControlHost(app, new Uri(app.Urls.First()));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>A web page that lets its own host name point to loopback must not get at the sandbox.</summary>
    private static Task RefuseStrangersAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host;
        var isLocal = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return isLocal ? next(context) : throw ControlException.BadRequest("Host must be localhost or a loopback address.");
    }

    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
