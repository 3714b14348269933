using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Client.Incoming;

[TestFixture]
internal sealed class RpcResultHandlerTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp() => _script = new ClientScript();

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenAResultComes_DeliversItAndAcknowledges()
    {
        var sent = _script.Send();
        var id = _script.NextServerId();
        Assert.That(_script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, 1, id).Status, Is.EqualTo(ReceiveStatus.Accepted));
        Assert.That(_script.Events, Is.EqualTo(["result 1 " + Ids.BoolTrue]));
        Assert.That(_script.Session.PendingRequests, Is.Zero);
        _script.Now += TimeSpan.FromSeconds(20);
        Assert.That(_script.FlushWithoutHousekeeping().Select(message => message.Body), Does.Contain(Ids.MsgsAck + Ids.Vector + Hex.Of(1) + Hex.Of(id)));
    }

    [Test]
    public void Receive_WhenTheSameResultComesUnderAnotherId_DeliversItOnce()
    {
        var sent = _script.Send();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, 1);
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue, 3);
        Assert.That(_script.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public void Receive_WhenTheRequestIsUnknown_IgnoresTheResult()
    {
        _script.Send();
        Assert.That(_script.Receive(Ids.RpcResult + Hex.Of(4L) + Ids.BoolTrue, 1).Status, Is.EqualTo(ReceiveStatus.Accepted));
        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Receive_WhenAnErrorComes_DeliversCodeAndMessage()
    {
        var sent = _script.Send();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.RpcError + Hex.Of(420) + "0c" + Hex.Of("FLOOD_WAIT_3"u8) + "000000", 1);
        Assert.That(_script.Events, Is.EqualTo(["error 1 420 FLOOD_WAIT_3"]));
    }

    // gzip of 01020304, and the same as zlib; made with Python.
    [TestCase("1f8b0800000000000203636462660100cdfb3cb604000000", TestName = "Receive_WhenTheResultIsGzipped_Unpacks")]
    [TestCase("789c6364626601000018000b", TestName = "Receive_WhenTheResultIsInZlib_Unpacks")]
    public void Receive_WhenPacked(string packed)
    {
        var sent = _script.Send();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.GzipPacked + TlBytes(packed), 1);
        Assert.That(_script.Events, Is.EqualTo(["result 1 01020304"]));
    }

    [Test]
    public void Receive_WhenThePackedResultIsDamaged_FailsTheRequest()
    {
        var sent = _script.Send();
        var outcome = _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.GzipPacked + TlBytes("1f8b08000000000002ff6364ff"), 1);
        Assert.That(outcome.Reason, Is.EqualTo(RejectReason.Malformed));
        Assert.That(_script.Events, Is.EqualTo(["failed 1 MalformedAnswer"]));
    }

    [Test]
    public void Receive_WhenThePackedResultIsABomb_FailsTheRequest()
    {
        using var script = new ClientScript(new ClientSessionOptions { MaxInflatedBytes = 10_000 });
        var sent = script.Send();
        script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.GzipPacked + TlBytes(Hex.Of(Telegram.Tl.TlGzip.Deflate(new byte[10_001]))), 1);
        Assert.That(script.Events, Is.EqualTo(["failed 1 MalformedAnswer"]));
    }

    [TestCase("")]
    [TestCase(Ids.RpcError)]
    [TestCase(Ids.RpcError + "01000000" + "ff000000")]
    [TestCase(Ids.GzipPacked)]
    public void Receive_WhenTheResultIsCutShort_FailsTheRequest(string result)
    {
        var sent = _script.Send();
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + result, 1);
        Assert.That(_script.Events, Is.EqualTo(["failed 1 MalformedAnswer"]));
    }

    [Test]
    public void Receive_WhenTheOneWaitedForWentUnderAnotherId_SendsAgain()
    {
        _script.Flush();
        var first = _script.Enqueue("01000000");
        _script.Enqueue("02000000", after: first);
        var sent = _script.Flush();
        _script.Receive(Ids.BadServerSalt + Hex.Of(sent[0].Id) + Hex.Of(1) + Hex.Of(48) + Hex.Of(5L));
        var again = _script.Flush().Single();
        _script.Receive(Ids.RpcResult + Hex.Of(sent[1].Id) + Ids.RpcError + Hex.Of(400) + "0f" + Hex.Of("MSG_WAIT_FAILED"u8), 1);
        Assert.That(_script.Flush()[^1].Body, Is.EqualTo(Ids.InvokeAfterMsg + Hex.Of(again.Id) + "02000000"));
    }

    [Test]
    public void Receive_WhenTheHandlerEnqueues_TakesIt()
    {
        var sent = _script.Send();
        _script.Handler.During = _ => _script.Enqueue("09000000");
        _script.Receive(Ids.RpcResult + Hex.Of(sent.Id) + Ids.BoolTrue);
        Assert.That(_script.Flush().Single().Body, Is.EqualTo("09000000"));
    }

    /// <summary>Short bytes as TL writes them.</summary>
    private static string TlBytes(string digits)
    {
        var bytes = Hex.Bytes(digits);
        return Hex.Of((ReadOnlySpan<byte>)[(byte)bytes.Length, .. bytes, .. new byte[-(1 + bytes.Length) & 3]]);
    }
}
