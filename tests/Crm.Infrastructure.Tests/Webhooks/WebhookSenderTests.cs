using System.Net;
using System.Net.Sockets;
using System.Text;
using Crm.Application.Ports.Webhooks;
using Crm.Infrastructure.Webhooks;

namespace Crm.Infrastructure.Tests.Webhooks;

/// <summary>The sender before a target that is a bare socket.</summary>
public sealed class WebhookSenderTests
{
    private TcpListener _target = null!;
    private int _connections;

    [SetUp]
    public void SetUp()
    {
        _connections = 0;
        _target = new TcpListener(IPAddress.Loopback, 0);
        _target.Start();
    }

    [TearDown]
    public void TearDown() => _target.Dispose();

    [Test]
    public async Task SendAsync_WhenANameLeadsElsewhereTheSecondTime_NeverConnectsThere()
    {
        var answers = new Queue<IPAddress[]>([[IPAddress.Loopback], [IPAddress.Parse("::ffff:127.0.0.1"), IPAddress.Parse("10.0.0.1")]]);
        using var sender = Sender(allowPrivate: false, _ => answers.Dequeue());
        var serving = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        var first = await SendAsync(sender);
        var second = await SendAsync(sender);

        Assert.That((first.Error, second.Error), Is.EqualTo((WebhookFailures.Refused, WebhookFailures.Refused)));
        Assert.That((_connections, serving.IsCompleted), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task SendAsync_WhenItMayReachPrivateNetworks_Does()
    {
        using var sender = Sender(allowPrivate: true, _ => [IPAddress.Loopback]);
        var serving = ServeAsync("HTTP/1.1 204 No Content\r\n\r\n");

        Assert.That(await SendAsync(sender), Is.EqualTo(new WebhookAnswer(204, null)));
        Assert.That(await serving, Does.StartWith("POST /hook HTTP/1.1").And.Contains("X-Test: 1").And.EndsWith("{\"a\":1}"));
    }

    [TestCase("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n", 302, WebhookFailures.Redirected, null)]
    [TestCase("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", 500, WebhookFailures.Status, null)]
    [TestCase("HTTP/1.1 429 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", 429, WebhookFailures.Status, 7)]
    [TestCase("HTTP/1.1 200 OK\r\n", null, WebhookFailures.Unreachable, null)]
    [TestCase("nonsense\r\n\r\n", null, WebhookFailures.Unreachable, null)]
    public async Task SendAsync_WhenTheAnswerIsNoSuccess_SaysWhy(string answer, int? status, string error, int? wait)
    {
        using var sender = Sender(allowPrivate: true, _ => [IPAddress.Loopback]);
        var serving = ServeAsync(answer);

        Assert.That(
            await SendAsync(sender),
            Is.EqualTo(new WebhookAnswer(status, error, wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null)));
        await serving;
    }

    [Test]
    public async Task SendAsync_WhenTheAnswerNeverEnds_ReadsSoMuchAndNoMore()
    {
        using var sender = Sender(allowPrivate: true, _ => [IPAddress.Loopback]);
        var serving = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n" + new string('x', 200_000));

        Assert.That(await SendAsync(sender), Is.EqualTo(new WebhookAnswer(200, null)));
        await serving;
    }

    [Test]
    public async Task SendAsync_WhenNobodyListens_SaysSo()
    {
        _target.Stop();
        using var sender = Sender(allowPrivate: true, _ => [IPAddress.Loopback]);

        Assert.That(await SendAsync(sender, port: 1), Is.EqualTo(new WebhookAnswer(null, WebhookFailures.Unreachable)));
    }

    private static WebhookSender Sender(bool allowPrivate, Func<string, IPAddress[]> resolve) => new(
        new GuardedConnector(allowPrivate, (host, _) => Task.FromResult(resolve(host))), TimeProvider.System);

    private Task<WebhookAnswer> SendAsync(WebhookSender sender, int? port = null)
    {
        var url = new Uri($"http://target.example:{port ?? ((IPEndPoint)_target.LocalEndpoint).Port}/hook");
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Test"] = "1" };
        return sender.SendAsync(new WebhookRequest(url, headers, "{\"a\":1}"u8.ToArray()), default);
    }

    /// <summary>Takes one request, answers it and closes; the request is what comes back.</summary>
    private async Task<string> ServeAsync(string answer)
    {
        using var client = await _target.AcceptTcpClientAsync();
        _connections++;
        await using var stream = client.GetStream();
        var request = new StringBuilder();
        var buffer = new byte[4096];
        while (!request.ToString().EndsWith("{\"a\":1}", StringComparison.Ordinal))
        {
            request.Append(Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer)));
        }

        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
        catch (IOException)
        {
            // The sender has read enough.
        }

        return request.ToString();
    }
}
