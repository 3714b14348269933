using System.Net;
using System.Net.Sockets;
using System.Text;
using Crm.Api.Tests.Support;
using Crm.Application.LoadTgDialog;
using Crm.Application.Messages;
using Crm.Domain;

namespace Crm.Api.Tests.Hosting;

/// <summary>What only the real server shows: limits, and connections that are broken off.</summary>
[TestFixture]
internal sealed class ServerTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private string _token = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _api.UseKestrel(0);
        _api.StartServer();
        _client = _api.CreateClient();
        _token = _api.TokenOf(1);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Post_WhenFiveMegabytesAreSent_AnswersInsteadOfBreakingOff(bool withLength)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account_auth");
        request.Content = new ByteArrayContent(new byte[5_000_000]);
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = !withLength;
        (await _client.AnswerAsync(request)).AssertRefused(HttpStatusCode.RequestEntityTooLarge, "request.too_large");
    }

    [Test]
    public async Task Post_WhenCallerSendsAllBeforeItReads_StillGetsTheAnswer()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(_client.BaseAddress!.Host, _client.BaseAddress.Port);
        await using var stream = socket.GetStream();
        var head = "POST /api/account_auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
            "Content-Length: 5000000\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(new byte[5_000_000]);
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 413 Payload Too Large"));
    }

    [Test]
    public async Task Post_WhenAnswered_DoesNotSayWhichServer()
    {
        var answer = await _client.PostAsync(Routes.Load);
        Assert.That(answer.Headers.Contains("Server"), Is.False);
    }

    [Test]
    public async Task Post_WhenHeadersAreTooLarge_Is431()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/account_auth");
        request.Headers.Add("X-Large", new string('x', 40_000));
        using var response = await _client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.RequestHeaderFieldsTooLarge));
    }

    [Test]
    public async Task LoadDialog_WhenItFailsInTheMiddle_CannotBeTakenForTheWhole()
    {
        _api.Application.Answer<LoadTgDialogCommand>(Result.Success(BreakingRows()));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Routes.LoadDialog}")
        {
            Content = new StringContent("""{"id": 5}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", _token);
        using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.That(async () => await response.Content.ReadAsStringAsync(), Throws.InstanceOf<HttpRequestException>());
    }

    private static async IAsyncEnumerable<MessageRow> BreakingRows()
    {
        for (var i = 1; i <= 10_000; i++)
        {
            yield return Rows.Row(i, 5, "text");
        }

        await Task.FromException(new InvalidOperationException("in the middle"));
    }
}
