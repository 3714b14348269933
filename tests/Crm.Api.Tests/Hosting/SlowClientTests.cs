using System.Net.Sockets;
using System.Text;
using Crm.Api.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crm.Api.Tests.Hosting;

/// <summary>Callers who send next to nothing hold a connection for no longer than the server has patience.</summary>
[TestFixture]
internal sealed class SlowClientTests
{
    private const string Head = "POST /api/account_auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private StubbedApi _api = null!;
    private WebApplicationFactory<Program> _server = null!;
    private HttpClient _client = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _server = _api.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.PostConfigure<KestrelServerOptions>(Hurry)));
        _server.UseKestrel(0);
        _server.StartServer();
        _client = _server.CreateClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task Post_WhenTheHeadersDoNotEnd_IsCutOff() => Assert.That(await AnswerAsync(Head), Does.StartWith("HTTP/1.1 408 "));

    [Test]
    public async Task Post_WhenTheBodyDoesNotCome_IsRefusedAsAProblem()
    {
        var answer = await AnswerAsync($"{Head}Content-Length: 100\r\n\r\n{{\"login\":");

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contains("\"request.timeout\""));
    }

    [Test]
    public void Limits_WhenNothingIsSaid_ArePatientOnlyForSo()
    {
        using var api = new StubbedApi();
        api.UseKestrel(0);
        api.StartServer();
        var limits = api.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(limits.RequestHeadersTimeout, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(15)));
            Assert.That(limits.MinRequestBodyDataRate?.GracePeriod, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(15)));
            Assert.That(limits.MinResponseDataRate?.GracePeriod, Is.LessThanOrEqualTo(TimeSpan.FromSeconds(15)));
        }
    }

    /// <summary>What the server has patience for is no matter here: only that it ends.</summary>
    private static void Hurry(KestrelServerOptions options)
    {
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1.5);
        options.Limits.MinRequestBodyDataRate = new MinDataRate(1_000, TimeSpan.FromSeconds(1.5));
    }

    private async Task<string> AnswerAsync(string sent)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_client.BaseAddress!.Host, _client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(sent));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(patience.Token);
    }
}
