using System.Net.Sockets;
using Testing;

namespace Telegram.Client.Tests.Connections;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AddressRaceTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeConnector _network = new();

    [Test]
    public async Task RunAsync_WhenTheFirstAnswers_TriesNoOther()
    {
        var stream = new MemoryStream();
        _network.Attempt(1).SetResult(stream);

        var won = await RunAsync(1, 2);

        Assert.That(won.Stream, Is.SameAs(stream));
        Assert.That(won.Address.EndPoint.Port, Is.EqualTo(1));
        Assert.That(_network.Tried, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task RunAsync_WhenTheFirstRefuses_TriesTheNextAtOnce()
    {
        _network.Attempt(1).SetException(new SocketException((int)SocketError.ConnectionRefused));
        _network.Attempt(2).SetResult(new MemoryStream());

        Assert.That((await RunAsync(1, 2)).Address.EndPoint.Port, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_WhenTheFirstIsSilent_TriesTheNextBesideItAndDropsTheLoser()
    {
        var running = RunAsync(1, 2);
        await Eventually.TrueAsync(() => _time.PendingTimers >= 2, "the stagger and the first timeout run");
        Assert.That(_network.Tried, Is.EqualTo(new[] { 1 }));

        _time.Advance(TestOptions.Make().ConnectStagger);
        _network.Attempt(2).SetResult(new MemoryStream());

        Assert.That((await running).Address.EndPoint.Port, Is.EqualTo(2));
        await Eventually.TrueAsync(() => _network.Cancelled.Contains(1), "the silent one is given up");
    }

    [Test]
    public async Task RunAsync_WhenTheFirstAnswersLateButFirst_WinsAllTheSame()
    {
        var running = RunAsync(1, 2);
        await Eventually.TrueAsync(() => _time.PendingTimers >= 2, "the stagger runs");
        _time.Advance(TestOptions.Make().ConnectStagger);
        await Eventually.TrueAsync(() => _network.Tried.Count == 2, "the second is tried");
        _network.Attempt(1).SetResult(new MemoryStream());

        Assert.That((await running).Address.EndPoint.Port, Is.EqualTo(1));
    }

    [Test]
    public void RunAsync_WhenAllRefuse_SaysSo()
    {
        _network.Attempt(1).SetException(new SocketException((int)SocketError.ConnectionRefused));
        _network.Attempt(2).SetException(new IOException("gone"));

        Assert.That(() => RunAsync(1, 2), Throws.TypeOf<TelegramConnectionException>());
        Assert.That(_network.Tried, Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task RunAsync_WhenNobodyAnswers_GivesUpAfterTheTimeout()
    {
        var running = RunAsync(1);
        await Eventually.TrueAsync(() => _time.PendingTimers >= 1, "the timeout runs");

        _time.Advance(TestOptions.Make().ConnectTimeout);

        Assert.That(() => running, Throws.TypeOf<TelegramConnectionException>());
    }

    [Test]
    public async Task RunAsync_WhenCancelled_StopsTrying()
    {
        using var cancelling = new CancellationTokenSource();
        var running = new AddressRace(_network, TestOptions.Make(_time)).RunAsync([TestOptions.Address(1)], cancelling.Token);
        await Eventually.TrueAsync(() => _network.Tried.Count == 1, "it tries");

        await cancelling.CancelAsync();

        Assert.That(() => running, Throws.InstanceOf<OperationCanceledException>());
    }

    private Task<(Stream Stream, DataCenterAddress Address)> RunAsync(params int[] ports) =>
        new AddressRace(_network, TestOptions.Make(_time)).RunAsync([.. ports.Select(port => TestOptions.Address(port))], CancellationToken.None);
}
