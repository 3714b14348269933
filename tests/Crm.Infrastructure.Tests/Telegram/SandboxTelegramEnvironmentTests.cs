using System.Net;
using System.Security.Cryptography;
using Crm.Infrastructure.Telegram;
using Telegram.Client;
using Testing;

namespace Crm.Infrastructure.Tests.Telegram;

public sealed class SandboxTelegramEnvironmentTests
{
    private readonly ManualTimeProvider _time = new();
    private ControlPort _control = null!;
    private HttpClient _http = null!;
    private SandboxTelegramEnvironment _environment = null!;

    [SetUp]
    public void SetUp()
    {
        _control = new ControlPort();
        _http = new HttpClient(_control) { BaseAddress = new Uri("http://127.0.0.1:1/") };
        _environment = new SandboxTelegramEnvironment(_http, _time);
    }

    [TearDown]
    public void TearDown()
    {
        _http.Dispose();
        _control.Dispose();
    }

    [Test]
    public async Task GetDataCentersAsync_WhenManyAskAtOnce_IsReadOnceForAll()
    {
        _control.Hold();
        var asked = Enumerable.Range(0, 1_000).Select(_ => _environment.GetDataCentersAsync(default).AsTask()).ToList();
        _control.Release();

        var tables = await Task.WhenAll(asked);

        Assert.That(tables, Is.All.SameAs(tables[0]));
        Assert.That(_control.Requests, Is.EqualTo(new[] { "/config", "/public-key" }));
    }

    [Test]
    public async Task GetDataCentersAsync_WhenSomeTimeHasGone_ReadsAgain()
    {
        var before = await _environment.GetDataCentersAsync(default);
        _time.Advance(SandboxTelegramEnvironment.Freshness / 2);
        var soon = await _environment.GetDataCentersAsync(default);
        _time.Advance(SandboxTelegramEnvironment.Freshness / 2);
        var later = await _environment.GetDataCentersAsync(default);

        Assert.That(soon, Is.SameAs(before));
        Assert.That(later, Is.Not.SameAs(before));
    }

    [Test]
    public async Task GetDataCentersAsync_AfterTheSandboxWasAway_AsksAtOnce()
    {
        _control.IsAway = true;
        Assert.That(async () => await _environment.GetDataCentersAsync(default), Throws.InstanceOf<TelegramConnectionException>());

        _control.IsAway = false;

        Assert.That(await _environment.GetDataCentersAsync(default), Is.Not.Null);
    }

    [Test]
    public async Task GetDataCentersAsync_WhenOneGivesUp_AnswersTheOthers()
    {
        using var impatience = new CancellationTokenSource();
        _control.Hold();
        var impatient = _environment.GetDataCentersAsync(impatience.Token).AsTask();
        var patient = _environment.GetDataCentersAsync(default).AsTask();

        await impatience.CancelAsync();
        Assert.That(async () => await impatient, Throws.InstanceOf<OperationCanceledException>());
        _control.Release();

        Assert.That(await patient, Is.Not.Null);
    }

    private sealed class ControlPort : HttpMessageHandler
    {
        private readonly string _key = CreateKey();
        private readonly List<string> _requests = [];
        private TaskCompletionSource? _held;

        public IReadOnlyList<string> Requests => _requests;

        public bool IsAway { get; set; }

        public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _held!.SetResult();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_requests)
            {
                _requests.Add(request.RequestUri!.AbsolutePath);
            }

            await (_held?.Task ?? Task.CompletedTask);
            var body = request.RequestUri!.AbsolutePath == "/config"
                ? """{"layer":223,"data_centers":[{"id":2,"address":"127.0.0.1","port":10443}]}"""
                : _key;
            return IsAway ? throw new HttpRequestException("away") : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) };
        }

        private static string CreateKey()
        {
            using var key = RSA.Create(2048);
            return key.ExportRSAPublicKeyPem();
        }
    }
}
