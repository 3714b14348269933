using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Crm.Application.Ports.Webhooks;

namespace Crm.Infrastructure.Webhooks;

/// <summary>Posts to webhooks' targets over connections that <see cref="GuardedConnector"/> makes, past any proxy.</summary>
internal sealed class WebhookSender : IWebhookSender, IDisposable
{
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>An answer is read so far, for the connection to be of use again, and thrown away.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    private const int MaxHeaderKilobytes = 16;

    private static readonly TimeSpan IdleConnection = TimeSpan.FromSeconds(30);

    /// <summary>A name is looked up anew at least so often.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;

    public WebhookSender(GuardedConnector connector, TimeProvider time)
    {
        _time = time;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = connector.ConnectAsync,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = IdleConnection,
            PooledConnectionLifetime = ConnectionLifetime,
        });
    }

    public async Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = Message(request);
            using var response = await _http.SendAsync(message, either.Token);
            await DrainAsync(response.Content, either.Token);
            return Describe(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new WebhookAnswer(null, WebhookFailures.TimedOut);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException)
        {
            return new WebhookAnswer(null, IsRefusal(exception) ? WebhookFailures.Refused : WebhookFailures.Unreachable);
        }
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Message(WebhookRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, request.Url) { Content = new ReadOnlyMemoryContent(request.Body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("Telegram-CRM", "1"));
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.Add(name, value);
        }

        return message;
    }

    private static async Task DrainAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var thrownAway = new byte[4096];
        for (int total = 0, read; total < MaxAnswerBytes; total += read)
        {
            read = await stream.ReadAsync(thrownAway, cancellationToken);
            if (read == 0)
            {
                return;
            }
        }
    }

    private WebhookAnswer Describe(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var error = status switch
        {
            >= 200 and < 300 => null,
            >= 300 and < 400 => WebhookFailures.Redirected,
            _ => WebhookFailures.Status,
        };
        var asked = response.Headers.RetryAfter;
        return new WebhookAnswer(status, error, asked?.Delta ?? asked?.Date - _time.GetUtcNow());
    }

    private static bool IsRefusal(Exception? exception) =>
        exception is TargetRefusedException || (exception is not null && IsRefusal(exception.InnerException));
}
