using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.Tests.Support;
using Telegram.Tl.Functions;
using Testing;

namespace Telegram.Sandbox.Tests.Rpc;

[TestFixture]
public sealed class RpcRouterTests
{
    private const long Anna = 1001;
    private const int Home = 2;

    private readonly ManualTimeProvider _time = new();
    private RecordingLogger _logger = null!;
    private TemporaryDirectory _directory = null!;
    private AuthorizationStore _authorizations = null!;
    private RpcRouter _router = null!;

    [SetUp]
    public void SetUp()
    {
        _logger = new RecordingLogger();
        _directory = new TemporaryDirectory();
        _authorizations = new AuthorizationStore(_directory.File("a.jsonl"), _time);
        _router = new RpcRouter(_ => Home, _logger);
    }

    [TearDown]
    public void TearDown()
    {
        _authorizations.Dispose();
        _logger.Dispose();
        _directory.Dispose();
    }

    [Test]
    public async Task InvokeAsync_WhenMappedForAnyone_CallsTheHandler()
    {
        _router.Map<AccountUpdateStatus, bool>((function, _) => function.Offline, RpcAccess.Anyone);

        Assert.That(await _router.InvokeAsync(new AccountUpdateStatus { Offline = true }, Caller(1)), Is.True);
    }

    [Test]
    public async Task InvokeAsync_WhenTheHandlerSignsTheCallerIn_ItSeesTheUserAtOnce()
    {
        _router.Map<AccountUpdateStatus, bool>(
            (_, context) =>
            {
                context.Authorizations.Bind(context, Anna);
                return context.UserId == Anna;
            },
            RpcAccess.Anyone);

        Assert.That(await _router.InvokeAsync(new AccountUpdateStatus { Offline = true }, Caller(1)), Is.True);
    }

    [Test]
    public void InvokeAsync_WhenNotMapped_RefusesAndLogsTheName()
    {
        Assert.That(Refusal(Caller(1)), Is.EqualTo((400, "METHOD_INVALID")));
        Assert.That(_logger.Lines, Has.One.Contains("account.updateStatus"));
    }

    [Test]
    public void InvokeAsync_WhenNobodyIsSignedIn_Refuses([Values] bool anywhere)
    {
        _router.Map<AccountUpdateStatus, bool>((_, _) => true, anywhere ? RpcAccess.UserAnywhere : RpcAccess.User);

        Assert.That(Refusal(Caller(1)), Is.EqualTo((401, "AUTH_KEY_UNREGISTERED")));
    }

    [Test]
    public void InvokeAsync_WhenAwayFromHome_SendsTheUserHome()
    {
        _router.Map<AccountUpdateStatus, bool>((_, _) => true);
        _authorizations.Bind(Caller(1, dcId: 3), Anna);

        Assert.That(Refusal(Caller(1, dcId: 3)), Is.EqualTo((303, "USER_MIGRATE_2")));
    }

    [Test]
    public async Task InvokeAsync_WhenAwayFromHomeAndAllowedAnywhere_CallsTheHandler()
    {
        _router.Map<AccountUpdateStatus, bool>((_, _) => ValueTask.FromResult(true), RpcAccess.UserAnywhere);
        _authorizations.Bind(Caller(1, dcId: 3), Anna);

        Assert.That(await _router.InvokeAsync(new AccountUpdateStatus { Offline = true }, Caller(1, dcId: 3)), Is.True);
    }

    [Test]
    public void Map_WhenMappedBefore_Throws()
    {
        _router.Map<AccountUpdateStatus, bool>((_, _) => true);

        Assert.That(() => _router.Map<AccountUpdateStatus, bool>((_, _) => true), Throws.InvalidOperationException);
    }

    private (int Code, string Message) Refusal(RpcContext caller)
    {
        var thrown = Assert.ThrowsAsync<RpcErrorException>(
            async () => await _router.InvokeAsync(new AccountUpdateStatus { Offline = true }, caller));
        return (thrown!.Code, thrown.Message);
    }

    private RpcContext Caller(long key, int dcId = Home) => Contexts.Of(_authorizations, _time, key, dcId);
}
