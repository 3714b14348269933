using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Scripted;

[TracksWork]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ClientCallTests : IDisposable
{
    private static readonly HelpGetNearestDc Question = new();

    private readonly ScriptedNetwork _network = new(2);

    private ScriptedServer Server => _network[2];

    [TearDown]
    public void Dispose() => _network.Dispose();

    [Test]
    public async Task InvokeAsync_WhenFirstOnAConnection_IntroducesUs()
    {
        await using var client = _network.Client();
        Server.Handle = Answer;

        await client.InvokeAsync(Question);
        await Eventually.TrueAsync(() => Server.Calls.Count == 2, "the configuration is asked for");
        await client.InvokeAsync(Question);

        Assert.That(Server.Introductions[0]!.ApiId, Is.EqualTo(4));
        Assert.That(Server.Introductions[0]!.DeviceModel, Is.EqualTo("Test device"));
        Assert.That(Server.Introductions[^1], Is.Null, "once is enough");
    }

    [Test]
    public async Task InvokeAsync_WhenTheConnectionIsNew_IntroducesUsAgain()
    {
        await using var client = _network.Client();
        Server.Handle = Answer;
        await client.InvokeAsync(Question);

        Server.Drop();
        await _network.PassTimeAsync(() => Server.Attempts >= 2 && client.State == TelegramClientState.Connected, "it comes back");
        await client.InvokeAsync(Question);

        Assert.That(Server.Introductions[^1], Is.Not.Null);
    }

    [Test]
    public async Task InvokeAsync_WhenTheServerDoesNotKnowUs_IntroducesUsAndRepeats()
    {
        await using var client = _network.Client();
        Server.Handle = Answer;
        await client.InvokeAsync(Question);
        var refusals = 0;
        Server.Handle = function => function is HelpGetNearestDc && refusals++ == 0
            ? throw new RpcException(400, RpcErrorTypes.ConnectionNotInited)
            : Answer(function);

        await client.InvokeAsync(Question);

        Assert.That(Server.Introductions[^1], Is.Not.Null);
    }

    [Test]
    public async Task InvokeAsync_WhenTheServerNeverKnowsUs_GivesUp()
    {
        await using var client = _network.Client();
        Server.Handle = _ => throw new RpcException(400, RpcErrorTypes.ConnectionNotInited);

        Assert.That(() => client.InvokeAsync(Question), Throws.TypeOf<RpcException>());
    }

    [Test]
    public async Task InvokeAsync_WhenTheConnectionDrops_IsAnsweredOverTheNext()
    {
        await using var client = _network.Client();
        var calling = client.InvokeAsync(Question);
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");
        Server.Drop();
        await _network.PassTimeAsync(() => Server.Attempts >= 2 && client.State == TelegramClientState.Connected, "it comes back");

        Server.Release(Answer);

        Assert.That((await calling).ThisDc, Is.EqualTo(2));
        Assert.That(Server.Calls.OfType<HelpGetNearestDc>().Count(), Is.EqualTo(1), "the server carried it out once");
    }

    [Test]
    public async Task InvokeAsync_WhenTheServerForgetsTheSession_IsSentAgain()
    {
        await using var client = _network.Client();
        var calling = client.InvokeAsync(Question);
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");
        Server.ForgetSessions();
        Server.Handle = Answer;
        Server.Drop();

        await _network.PassTimeAsync(() => calling.IsCompleted, "it is answered");

        Assert.That((await calling).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task InvokeAsync_WhenManyAreMadeAtOnceAndTheConnectionDropsOften_AnswersEachOnce()
    {
        await using var client = _network.Client();
        Server.Handle = function => function is MessagesSetTyping ? TlSerializer.ToBytes(new BoolAnswer(true)) : Answer(function);
        await client.ConnectAsync();

        var calls = Enumerable.Range(0, 200)
            .Select(i => client.InvokeAsync(new MessagesSetTyping { Peer = new InputPeerSelf(), TopMsgId = i, Action = new SendMessageTypingAction() }))
            .ToArray();
        var all = Task.WhenAll(calls);
        await _network.PassTimeAsync(
            () =>
            {
                Server.Drop();
                return all.IsCompleted;
            },
            "all are answered");

        Assert.That(await all, Is.All.True);
        Assert.That(Server.Calls.OfType<MessagesSetTyping>().Select(call => call.TopMsgId), Is.Unique);
    }

    [Test]
    public async Task InvokeAsync_WhenCancelled_TellsTheServer()
    {
        await using var client = _network.Client();
        using var cancelling = new CancellationTokenSource();
        var calling = client.InvokeAsync(Question, cancelling.Token);
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");

        await cancelling.CancelAsync();

        Assert.That(() => calling, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancelling.Token));
        await Eventually.TrueAsync(() => Server.Dropped.Count == 1, "the answer is dropped");
    }

    [Test]
    public async Task InvokeAsync_WhenCancelledBefore_IsNotSent()
    {
        await using var client = _network.Client();

        Assert.That(() => client.InvokeAsync(Question, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Server.Attempts, Is.Zero);
    }

    [Test]
    public async Task InvokeAsync_WhenNoAnswerComes_TimesOut()
    {
        await using var client = _network.Client();
        var calling = client.InvokeAsync(Question);
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");

        await _network.PassTimeAsync(() => calling.IsCompleted, "it times out", TimeSpan.FromSeconds(1));

        Assert.That(() => calling, Throws.TypeOf<TelegramTimeoutException>());
    }

    [Test]
    public async Task InvokeAsync_WhenTelegramCannotBeReached_TimesOut()
    {
        Server.IsDown = true;
        await using var client = _network.Client();
        var calling = client.InvokeAsync(Question);

        await _network.PassTimeAsync(() => calling.IsCompleted, "it times out", TimeSpan.FromSeconds(1));

        Assert.That(() => calling, Throws.TypeOf<TelegramTimeoutException>());
    }

    [Test]
    public async Task DisposeAsync_WhenCallsWait_EndsThem()
    {
        var client = _network.Client();
        var calling = client.InvokeAsync(Question);
        await Eventually.TrueAsync(() => Server.HeldCalls == 1, "the call arrives");

        await client.DisposeAsync();

        Assert.That(() => calling, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task InvokeAsync_WhenTheAnswerIsUnreadable_SaysSo()
    {
        await using var client = _network.Client();
        Server.Handle = function => function is HelpGetNearestDc ? [1, 2, 3, 4] : Api.Default(function);

        Assert.That(
            () => client.InvokeAsync(Question), Throws.TypeOf<UnreadableAnswerException>().With.InnerException.InstanceOf<TlException>());
    }

    [Test]
    public async Task InvokeAsync_WhenFlooded_SaysHowLongAndDoesNotWait()
    {
        await using var client = _network.Client();
        Server.Handle = _ => throw new RpcException(420, "FLOOD_WAIT", 17);

        Assert.That(
            () => client.InvokeAsync(Question), Throws.TypeOf<FloodWaitException>().With.Property("RetryAfter").EqualTo(TimeSpan.FromSeconds(17)));
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public async Task InvokeAsync_WhenReadingMeetsServerErrors_RepeatsTwice(int errors, bool succeeds)
    {
        await using var client = _network.Client();
        var left = errors;
        Server.Handle = function => function is HelpGetNearestDc && left-- > 0 ? throw new RpcException(500, "INTERNAL") : Answer(function);
        var calling = client.InvokeAsync(Question);

        await _network.PassTimeAsync(() => calling.IsCompleted, "it ends");

        Assert.That(calling.IsCompletedSuccessfully, Is.EqualTo(succeeds));
        Assert.That(Server.Calls.OfType<HelpGetNearestDc>().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task InvokeAsync_WhenWritingMeetsAServerError_DoesNotRepeat()
    {
        await using var client = _network.Client();
        Server.Handle = function => function is MessagesSendMessage ? throw new RpcException(500, "INTERNAL") : Answer(function);

        Assert.That(
            () => client.InvokeAsync(new MessagesSendMessage { Peer = new InputPeerSelf(), Message = "x", RandomId = 1 }),
            Throws.TypeOf<RpcException>().With.Property("Code").EqualTo(500));
        Assert.That(Server.Calls.OfType<MessagesSendMessage>().Count(), Is.EqualTo(1));
    }

    private static byte[]? Answer(ITlFunction function) =>
        function is HelpGetNearestDc ? Api.Bytes(Api.Nearest()) : Api.Default(function);

    private sealed class BoolAnswer(bool value) : ITlObject
    {
        public uint ConstructorId => value ? TlIds.BoolTrue : TlIds.BoolFalse;

        public void Write(ref TlWriter writer) => writer.WriteBool(value);
    }
}
