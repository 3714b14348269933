using System.Net;
using Crm.Api.Tests.Support;
using Crm.Application.Ports.Storage;
using Crm.Application.TelegramLoad;
using Crm.Domain;

namespace Crm.Api.Tests.Http;

/// <summary>What should not happen, and what callers see of it.</summary>
[TestFixture]
internal sealed class FailureTests
{
    private StubbedApi _api = null!;
    private HttpClient _client = null!;
    private string _token = null!;

    [SetUp]
    public void Start()
    {
        _api = new StubbedApi();
        _client = _api.CreateClient();
        _token = _api.TokenOf(1);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Test]
    public async Task Post_WhenThereIsABug_Is500WithoutDetails()
    {
        _api.Application.Answer<TelegramLoadCommand>((_, _) => throw new InvalidOperationException("secret inside"));
        var answer = await _client.PostAsync(Routes.Load, null, _token);
        answer.AssertRefused(HttpStatusCode.InternalServerError, "server.error");
        Assert.That(answer.Text, Does.Not.Contain("secret"));
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
    }

    [Test]
    public async Task Post_WhenStorageIsAway_Is503()
    {
        _api.Application.Answer<TelegramLoadCommand>((_, _) => throw new StorageUnavailableException(StorageTrouble.Busy, "inside"));
        (await _client.PostAsync(Routes.Load, null, _token)).AssertRefused(HttpStatusCode.ServiceUnavailable, "storage.unavailable");
    }

    [Test]
    public async Task Post_WhenStorageIsAwayDuringAuthentication_Is503()
    {
        _api.Accounts.Failure = new StorageUnavailableException(StorageTrouble.Unreachable, "inside");
        (await _client.PostAsync(Routes.Load, null, _token)).AssertRefused(HttpStatusCode.ServiceUnavailable, "storage.unavailable");
    }

    [Test]
    public async Task Post_WhenCallerLeaves_CancelsTheWork()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _api.Application.Answer<TelegramLoadCommand>(async (_, token) =>
        {
            using var registration = token.Register(cancelled.SetResult);
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return Result.Success();
        });
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{Routes.Load}");
        request.Headers.Authorization = new("Bearer", _token);
        var call = _client.SendAsync(request, leaving.Token);
        await begun.Task;
        await leaving.CancelAsync();

        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Ready_WhenStorageIsAway_Is503WhileLiveIs200()
    {
        _api.Accounts.Failure = new StorageUnavailableException(StorageTrouble.Unreachable, "inside");
        using var ready = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        using var live = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        var readyAnswer = await _client.AnswerAsync(ready);
        var liveAnswer = await _client.AnswerAsync(live);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(readyAnswer.Status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
            Assert.That((string?)readyAnswer.Json["checks"]!["database"], Is.EqualTo("unhealthy"));
            Assert.That(liveAnswer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string?)liveAnswer.Json["status"], Is.EqualTo("healthy"));
        }
    }
}
