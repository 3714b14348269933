using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Tests.Session.Client;

/// <summary>The checks before any message is looked at.</summary>
[TestFixture]
internal sealed class ClientReceiverTests
{
    private ClientScript _script = null!;

    [SetUp]
    public void SetUp()
    {
        _script = new ClientScript();
        _script.Flush();
    }

    [TearDown]
    public void TearDown() => _script.Dispose();

    [Test]
    public void Receive_WhenTheSameMessageComesTwice_DeliversItOnceAndAcknowledgesItTwice()
    {
        var id = _script.NextServerId(answer: false);
        Assert.That(_script.Receive("e317af7e", 1, id).Status, Is.EqualTo(ReceiveStatus.Accepted));
        Assert.That(_script.Receive("e317af7e", 1, id).Status, Is.EqualTo(ReceiveStatus.Duplicate));
        Assert.That(_script.Events, Is.EqualTo(["update e317af7e"]));
        _script.Enqueue();
        Assert.That(_script.Flush()[0].Body, Is.EqualTo(Ids.MsgsAck + Ids.Vector + Hex.Of(2) + Hex.Of(id) + Hex.Of(id)));
    }

    [Test]
    public void Receive_WhenAMessageComesAgainInAContainer_DeliversItOnce()
    {
        var id = _script.NextServerId(answer: false);
        _script.Receive("e317af7e", 1, id);
        _script.ReceiveContainer((id, 1, "e317af7e"), (id + 4, 3, "01020304"));
        Assert.That(_script.Events, Is.EqualTo(["update e317af7e", "update 01020304"]));
    }

    [Test]
    public void Receive_WhenTheMessageNeedsNoAcknowledgement_SendsNone()
    {
        _script.Receive("e317af7e", 2);
        _script.Enqueue();
        Assert.That(_script.Flush(), Has.Count.EqualTo(1));
    }

    [Test]
    public void NextDeadline_WhenSixteenMessagesAreToBeAcknowledged_IsNow()
    {
        for (var i = 0; i < 15; i++)
        {
            _script.Receive("e317af7e", 1 + (2 * i));
        }

        Assert.That(_script.Session.NextDeadline, Is.EqualTo(_script.Now + TimeSpan.FromSeconds(20)));
        _script.Receive("e317af7e", 31);
        Assert.That(_script.Session.NextDeadline, Is.EqualTo(DateTimeOffset.MinValue));
        Assert.That(_script.Flush().Single().Body, Does.StartWith(Ids.MsgsAck + Ids.Vector + Hex.Of(16)));
    }

    [TestCase(-301, RejectReason.TooOld)]
    [TestCase(-299, RejectReason.None)]
    [TestCase(29, RejectReason.None)]
    public void Receive_WhenTheTimeIsOff_RejectsBeyondTheWindow(int seconds, RejectReason reason)
    {
        var outcome = _script.Receive("e317af7e", 1, (_script.Now.AddSeconds(seconds).ToUnixTimeSeconds() << 32) | 3);
        Assert.That(outcome.Reason, Is.EqualTo(reason));
        Assert.That(outcome.MustClose, Is.False);
        Assert.That(_script.Events, Has.Count.EqualTo(reason == RejectReason.None ? 1 : 0));
    }

    [Test]
    public void Receive_WhenTheMessageIsFromTheFuture_CorrectsTheClockThatIsBehind()
    {
        _script.Receive("e317af7e", 1, (_script.Now.AddSeconds(31).ToUnixTimeSeconds() << 32) | 3);
        Assert.That(_script.Events, Is.EqualTo(["clock 31", "update e317af7e"]));
    }

    [Test]
    public void Flush_WhenTheClockWasSetBack_PingsAtOnce()
    {
        _script.Receive("e317af7e");
        _script.Now -= TimeSpan.FromHours(1);
        Assert.That(_script.Flush()[0].Body, Does.StartWith(Ids.PingDelayDisconnect));
    }

    [Test]
    public void Receive_WhenTheClockIsUnknown_TakesItFromTheFirstMessage()
    {
        using var key = new AuthKey(new SeededRandomSource(1).Bytes(AuthKey.Size));
        using var session = new ClientSession(key, ClientSessionOptions.Default, new SeededRandomSource(2));
        var handler = new RecordingClient();
        var header = new MessageHeader(0, session.SessionId, (_script.Now.AddDays(-3).ToUnixTimeSeconds() << 32) | 3, 0);
        session.Receive(RawMessage.Seal(key, MessageDirection.ServerToClient, in header, Hex.Bytes("e317af7e")), _script.Now, handler);
        Assert.That(handler.Events, Is.EqualTo(["clock -259200", "update e317af7e"]));
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Receive_WhenTheIdentifierIsAClients_RejectsIt(int lowBits)
    {
        var outcome = _script.Receive("e317af7e", 1, (_script.Now.ToUnixTimeSeconds() << 32) | (long)lowBits);
        Assert.That((outcome.Reason, outcome.MustClose), Is.EqualTo((RejectReason.BadMessageId, true)));
    }

    [Test]
    public void Receive_WhenTheSessionIsAnother_RejectsIt()
    {
        var outcome = _script.Receive("e317af7e", 1, sessionId: 5);
        Assert.That((outcome.Reason, outcome.MustClose), Is.EqualTo((RejectReason.WrongSession, true)));
        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Receive_WhenAnyByteIsChanged_RejectsIt()
    {
        var header = new MessageHeader(1, _script.Session.SessionId, _script.NextServerId(), 1);
        var payload = RawMessage.Seal(_script.Key, MessageDirection.ServerToClient, in header, Hex.Bytes("e317af7e"));
        for (var i = 0; i < payload.Length; i++)
        {
            var changed = payload.ToArray();
            changed[i] ^= 1;
            var outcome = _script.Session.Receive(changed, _script.Now, _script.Handler);
            Assert.That(outcome.Reason, Is.EqualTo(i < 8 ? RejectReason.WrongAuthKey : RejectReason.Forged), $"byte {i}");
        }

        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Receive_WhenCutOrLengthened_TakesOnlyUpToFifteenBytesMore()
    {
        var header = new MessageHeader(1, _script.Session.SessionId, _script.NextServerId(), 1);
        var payload = RawMessage.Seal(_script.Key, MessageDirection.ServerToClient, in header, Hex.Bytes("e317af7e"));
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.That(_script.Session.Receive(payload.AsSpan(0, length), _script.Now, _script.Handler).MustClose, Is.True, $"length {length}");
        }

        Assert.That(_script.Session.Receive([.. payload, .. new byte[16]], _script.Now, _script.Handler).MustClose, Is.True);
        Assert.That(_script.Session.Receive([.. payload, .. new byte[15]], _script.Now, _script.Handler).Status, Is.EqualTo(ReceiveStatus.Accepted));
    }

    [Test]
    public void Receive_WhenOurOwnPayloadComesBack_RejectsIt()
    {
        _script.Enqueue();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        _script.Session.Flush(output, _script.Now);
        Assert.That(_script.Session.Receive(output.WrittenSpan.ToArray(), _script.Now, _script.Handler).Reason, Is.EqualTo(RejectReason.Forged));
    }

    [TestCase("ffffffff", RejectReason.Malformed)]
    [TestCase("01000000", RejectReason.Malformed)]
    [TestCase("01040000", RejectReason.TooMuch)]
    [TestCase("01000000 0100000000000000 00000000 00000000", RejectReason.Malformed)]
    [TestCase("01000000 0100000000000000 00000000 03000000 00000000", RejectReason.Malformed)]
    [TestCase("01000000 0100000000000000 00000000 08000000 00000000", RejectReason.Malformed)]
    [TestCase("01000000 0100000000000000 00000000 fcffffff 00000000", RejectReason.Malformed)]
    [TestCase("01000000 0100000000000000 00000000 08000000 dcf8f173 00000000", RejectReason.Nested)]
    [TestCase("01000000 0400000000000000 00000000 04000000 00000000", RejectReason.BadMessageId)]
    public void Receive_WhenAContainerIsWrong_RejectsAllOfIt(string content, RejectReason reason)
    {
        var outcome = _script.Receive(Ids.Container + content);
        Assert.That((outcome.Reason, outcome.MustClose), Is.EqualTo((reason, true)));
        Assert.That(_script.Events, Is.Empty);
    }

    [Test]
    public void Receive_WhenAContainerIsHiddenInGzip_RejectsIt()
    {
        var packed = Tl.TlGzip.Deflate(Hex.Bytes(Ids.Container + "00000000"));
        var body = Ids.GzipPacked + Hex.Of((ReadOnlySpan<byte>)[(byte)packed.Length, .. packed, .. new byte[-(1 + packed.Length) & 3]]);
        Assert.That(_script.Receive(body).Reason, Is.EqualTo(RejectReason.Nested));
    }

    [Test]
    public void Receive_WhenTheContainerIsEmpty_Accepts() =>
        Assert.That(_script.Receive(Ids.Container + "00000000").Status, Is.EqualTo(ReceiveStatus.Accepted));

    [Test]
    public void Receive_WhenTheHandlerThrows_LetsItThroughAndStaysUsable()
    {
        _script.Handler.During = _ => throw new InvalidOperationException("handler");
        Assert.That(() => _script.Receive("e317af7e", 1), Throws.InvalidOperationException.With.Message.EqualTo("handler"));
        _script.Handler.During = null;
        Assert.That(_script.Receive("01020304", 1).Status, Is.EqualTo(ReceiveStatus.Accepted));
    }
}
