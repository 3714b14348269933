namespace Telegram.Mtproto.Tests.Session;

/// <summary>Both sides against each other, over a network that loses nothing.</summary>
[TestFixture]
internal sealed class SessionPairTests
{
    [Test]
    public void Exchange_WhenOneRequest_IsAnsweredOnce()
    {
        using var pair = new SessionPair();
        pair.Client.Enqueue(Hex.Bytes("01000000"));
        pair.Exchange();
        Assert.That(pair.ServerHandler.Events, Is.EqualTo(["request 1 01000000"]));
        Assert.That(pair.Server.SendResult(pair.ServerHandler.Requests[0], Hex.Bytes(Ids.BoolTrue)), Is.True);
        pair.Exchange();
        Assert.That(pair.ClientHandler.Events, Does.Contain("result 1 " + Ids.BoolTrue));
        Assert.That(pair.Client.PendingRequests, Is.Zero);
        Assert.That(pair.Server.SendResult(pair.ServerHandler.Requests[0], Hex.Bytes(Ids.BoolTrue)), Is.False);
    }

    [Test]
    public void Exchange_WhenTheFirstSaltIsWrong_IsMendedByItself()
    {
        using var pair = new SessionPair();
        pair.Salts.Rotate(pair.Now);
        pair.Client.Enqueue(Hex.Bytes("01000000"));
        pair.Exchange();
        Assert.That(pair.ServerHandler.Events, Is.EqualTo(["refused 48", "request 3 01000000"]));
        Assert.That(pair.ClientHandler.Events, Does.Contain("salts"));
    }

    [TestCase(-4000, "refused 16")]
    [TestCase(4000, "refused 17")]
    public void Exchange_WhenTheClientsClockIsWrong_IsMendedByItself(int seconds, string refusal)
    {
        using var pair = new SessionPair(clientClock: TimeSpan.FromSeconds(seconds));
        pair.Client.Enqueue(Hex.Bytes("01000000"));
        pair.Exchange();
        Assert.That(pair.ServerHandler.Events.Where(line => line.StartsWith("re", StringComparison.Ordinal)), Is.EqualTo([refusal, "request 3 01000000"]));
        Assert.That(pair.Client.TimeOffset.TotalSeconds, Is.EqualTo(-seconds).Within(1));
    }

    [Test]
    public void Exchange_WhenTheServerForgetsTheSession_SendsAgainWhatItDidNotGet()
    {
        using var pair = new SessionPair();
        pair.Exchange();
        pair.Client.Enqueue(Hex.Bytes("01000000"));
        pair.FlushClient().ForEach(payload => pair.DeliverToServer(payload));
        pair.Servers.Clear();
        pair.Reconnect();
        pair.Exchange();
        Assert.That(pair.ServerHandler.Events.Count(line => line == "request 1 01000000"), Is.EqualTo(2), "once for each memory of the server");
        pair.Server.SendResult(pair.ServerHandler.Requests[^1], Hex.Bytes(Ids.BoolTrue));
        pair.Exchange();
        Assert.That(pair.ClientHandler.Events.Count(line => line.StartsWith("result", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public void Exchange_WhenAnUpdateIsPushed_ReachesTheClientOnce()
    {
        using var pair = new SessionPair();
        pair.Exchange();
        pair.Server.SendUpdate(Hex.Bytes("e317af7e"));
        pair.Exchange();
        pair.Server.Reconnected();
        pair.Exchange();
        Assert.That(pair.ClientHandler.Events.Count(line => line == "update e317af7e"), Is.EqualTo(1));
    }

    [Test]
    public void Exchange_WhenAnswersAreLarge_PacksThem()
    {
        using var pair = new SessionPair();
        pair.Client.Enqueue(Hex.Bytes("01000000"));
        pair.Exchange();
        var answer = new byte[100_000];
        answer[0] = 1;
        pair.Server.SendResult(pair.ServerHandler.Requests[0], answer);
        var payload = pair.FlushServer().Single();
        Assert.That(payload, Has.Length.LessThan(2000));
        pair.DeliverToClient(payload);
        Assert.That(pair.ClientHandler.Events[^1], Is.EqualTo("result 1 " + Hex.Of(answer)));
    }

    [Test]
    public void Exchange_WhenATemporaryKeyIsBound_CanBeVerifiedByTheServer()
    {
        using var pair = new SessionPair();
        using var permanent = new Mtproto.Crypto.AuthKey(new SeededRandomSource(9).Bytes(256));
        var expiresAt = pair.Now.AddHours(24);
        pair.Salts.Rotate(pair.Now);
        pair.Client.EnqueueTempKeyBinding(permanent, expiresAt);
        pair.Exchange();
        var line = pair.ServerHandler.Events.Single(text => text.StartsWith("request", StringComparison.Ordinal));
        var body = Hex.Bytes(line.Split(' ')[2]);
        var nonce = BitConverter.ToInt64(body, 12);
        bool Verify(long requestId, long sessionId) => Mtproto.Handshake.TempKeyBinding.TryVerify(
            permanent, body.AsSpan(25, 104), requestId, nonce, pair.Key.Id, sessionId, (int)expiresAt.ToUnixTimeSeconds());
        Assert.That(Hex.Of(body.AsSpan(0, 4)), Is.EqualTo("052ad4cd"));
        Assert.That(Verify(pair.ServerHandler.Requests[0], pair.Client.SessionId), Is.True);
        Assert.That(Verify(pair.ServerHandler.Requests[0] + 4, pair.Client.SessionId), Is.False);
        Assert.That(Verify(pair.ServerHandler.Requests[0], pair.Client.SessionId + 1), Is.False);
    }
}
