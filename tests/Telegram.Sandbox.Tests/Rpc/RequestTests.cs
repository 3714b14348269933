using Telegram.Sandbox.Tests.Support;
using Telegram.Tl;
using Telegram.Tl.Functions;
using Telegram.Tl.Mtproto;

namespace Telegram.Sandbox.Tests.Rpc;

[TestFixture]
public sealed class RequestTests
{
    private RunningSandbox _sandbox = null!;
    private RawClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _sandbox = await RunningSandbox.StartAsync();
        _client = await _sandbox.ConnectAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _client.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Test]
    public async Task Request_BeforeAnyIntroduction_IsRefused() =>
        Assert.That(await RefusalAsync(new HelpGetConfig()), Is.EqualTo((400, "CONNECTION_NOT_INITED")));

    [Test]
    public async Task Request_WithALayerAlone_IsRefused() => Assert.That(
        await RefusalAsync(new InvokeWithLayer { Layer = TlRegistry.Layer, Query = new HelpGetConfig() }),
        Is.EqualTo((400, "CONNECTION_NOT_INITED")));

    [TestCase(1)]
    [TestCase(TlRegistry.Layer + 1)]
    public async Task Request_InAnotherLayer_IsRefused(int layer) => Assert.That(
        await RefusalAsync(RawClient.Introduce(new HelpGetConfig(), layer)), Is.EqualTo((400, "CONNECTION_LAYER_INVALID")));

    [Test]
    public async Task Request_WithAnIntroductionButNoLayer_IsRefused()
    {
        var introduced = (InvokeWithLayer)RawClient.Introduce(new HelpGetConfig());

        Assert.That(await RefusalAsync(introduced.Query), Is.EqualTo((400, "CONNECTION_LAYER_INVALID")));
    }

    [Test]
    public async Task Request_WithoutAnApiId_IsRefused() => Assert.That(
        await RefusalAsync(RawClient.Introduce(new HelpGetConfig(), apiId: 0)), Is.EqualTo((400, "API_ID_INVALID")));

    [Test]
    public async Task Request_WithARepeatedIntroduction_IsAnswered()
    {
        for (var time = 0; time < 2; time++)
        {
            await _client.AnswerAsync(await _client.SendAsync(RawClient.Introduce(new HelpGetNearestDc())), new HelpGetNearestDc());
        }

        Assert.That((await _client.CallAsync(new HelpGetNearestDc())).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task Request_OfAMethodNobodyServes_IsRefusedAndLogged()
    {
        Assert.That(await RefusalAsync(RawClient.Introduce(new PhoneGetCallConfig())), Is.EqualTo((400, "METHOD_INVALID")));
        Assert.That(_sandbox.Log.Lines, Has.One.Contains("phone.getCallConfig"));
    }

    [Test]
    public async Task Request_OfAMethodThatDoesNotExist_IsRefusedAndLogged()
    {
        var id = await _client.SendAsync(new byte[] { 0xef, 0xbe, 0xad, 0xde });

        Assert.That(await RefusalAsync(id), Is.EqualTo((400, "METHOD_INVALID")));
        Assert.That(_sandbox.Log.Lines, Has.One.Contains("deadbeef"));
    }

    [Test]
    public async Task Request_ThatIsCutShort_IsRefused()
    {
        var whole = TlSerializer.ToBytes(RawClient.Introduce(new AuthCancelCode { PhoneNumber = "1", PhoneCodeHash = "2" }));

        Assert.That(await RefusalAsync(await _client.SendAsync(whole.AsMemory(0, whole.Length - 4))), Is.EqualTo((400, "INPUT_FETCH_ERROR")));
    }

    [Test]
    public async Task Request_WithBytesAfterIt_IsRefused()
    {
        byte[] longer = [.. TlSerializer.ToBytes(RawClient.Introduce(new HelpGetConfig())), 0, 0, 0, 0];

        Assert.That(await RefusalAsync(await _client.SendAsync(longer)), Is.EqualTo((400, "INPUT_REQUEST_TOO_LONG")));
    }

    [Test]
    public async Task Request_BeforeSignIn_IsRefusedAndAfterItAnswered()
    {
        Assert.That(await RefusalAsync(RawClient.Introduce(new AccountUpdateStatus { Offline = true })), Is.EqualTo((401, "AUTH_KEY_UNREGISTERED")));

        await _client.CallAsync(new AuthCancelCode { PhoneNumber = "", PhoneCodeHash = "" });

        Assert.That(await _client.CallAsync(new AccountUpdateStatus { Offline = true }), Is.True);
    }

    [Test]
    public async Task Request_Packed_IsAnswered()
    {
        var packed = TlGzip.Deflate(TlSerializer.ToBytes(RawClient.Introduce(new HelpGetNearestDc())));

        var id = await _client.SendAsync(new GzipPacked { PackedData = packed });

        Assert.That((await _client.AnswerAsync(id, new HelpGetNearestDc())).NearestDcValue, Is.EqualTo(2));
    }

    [Test]
    public async Task Request_WhenTheHandlerBreaks_IsAnsweredWith500()
    {
        Assert.That(await RefusalAsync(RawClient.Introduce(new MessagesGetDialogFilters())), Is.EqualTo((500, "INTERNAL")));
        Assert.That(_sandbox.Log.Lines, Has.One.Contains("messages.getDialogFilters failed"));
    }

    [Test]
    public async Task Requests_OfOneSession_RunInOrder()
    {
        await _client.CallAsync(new AuthCancelCode { PhoneNumber = "", PhoneCodeHash = "" });
        var ids = new List<long>();
        for (var i = 0; i < 50; i++)
        {
            ids.Add(await _client.SendAsync(new AccountUpdateStatus { Offline = i % 3 == 0 }));
        }

        foreach (var id in ids)
        {
            await _client.AnswerAsync(id);
        }

        Assert.That(_sandbox.World.Calls, Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"status {i % 3 == 0}")));
    }

    [Test]
    public async Task Request_WhenSlow_HoldsUpNoPing()
    {
        var slow = await _client.SendAsync(RawClient.Introduce(new ContactsGetStatuses()));
        await _sandbox.World.SlowBegun.Task;

        await _client.PingAsync();
        _sandbox.World.EndSlowCall();

        Assert.That(await _client.AnswerAsync(slow, new ContactsGetStatuses()), Is.Empty);
    }

    [Test]
    public async Task Request_WhenDropped_IsCancelledAndLaterOnesRun()
    {
        var slow = await _client.SendAsync(RawClient.Introduce(new ContactsGetStatuses()));
        await _sandbox.World.SlowBegun.Task;

        var drop = await _client.SendAsync(new RpcDropAnswer { ReqMsgId = slow });
        await _sandbox.World.SlowCancelled.Task;

        Assert.That(BitConverter.ToUInt32(await _client.AnswerAsync(drop)), Is.EqualTo(RpcAnswerDroppedRunning.Id));
        Assert.That((await _client.CallAsync(new HelpGetNearestDc())).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task Request_WhenTheSessionIsDestroyed_IsCancelled()
    {
        var other = await _client.AnotherSessionAsync();
        await other.SendAsync(RawClient.Introduce(new ContactsGetStatuses()));
        await _sandbox.World.SlowBegun.Task;

        await _client.SendAsync(new DestroySession { SessionId = other.SessionId });

        Assert.That((await _client.WaitForAsync<DestroySessionOk>(DestroySessionOk.Id)).SessionId, Is.EqualTo(other.SessionId));
        await _sandbox.World.SlowCancelled.Task;
        await other.DisposeAsync();
    }

    [Test]
    public async Task Request_AfterOneThatFailed_IsRefused()
    {
        var failed = await _client.SendAsync(RawClient.Introduce(new PhoneGetCallConfig()));
        var after = await _client.SendAsync(new InvokeAfterMsg { MsgId = failed, Query = new HelpGetNearestDc() });

        Assert.That(await RefusalAsync(failed), Is.EqualTo((400, "METHOD_INVALID")));
        Assert.That(await RefusalAsync(after), Is.EqualTo((400, "MSG_WAIT_FAILED")));
    }

    [Test]
    public async Task Request_AfterOneThatSucceeded_IsAnswered()
    {
        var first = await _client.SendAsync(RawClient.Introduce(new HelpGetNearestDc()));
        var second = await _client.SendAsync(new InvokeAfterMsgs { MsgIds = [first], Query = new HelpGetNearestDc() });

        Assert.That((await _client.AnswerAsync(second, new HelpGetNearestDc())).ThisDc, Is.EqualTo(2));
    }

    [Test]
    public async Task Request_AfterALaterOne_IsRefused()
    {
        var after = await _client.SendAsync(
            RawClient.Introduce(new InvokeAfterMsg { MsgId = long.MaxValue - 3, Query = new HelpGetNearestDc() }));

        Assert.That(await RefusalAsync(after), Is.EqualTo((400, "MSG_WAIT_FAILED")));
    }

    private async Task<(int Code, string Message)> RefusalAsync(ITlFunction function) => await RefusalAsync(await _client.SendAsync(function));

    private async Task<(int Code, string Message)> RefusalAsync(long requestId)
    {
        try
        {
            await _client.AnswerAsync(requestId);
            return (0, "no error");
        }
        catch (RpcFailure e)
        {
            return (e.Code, e.Message);
        }
    }
}
