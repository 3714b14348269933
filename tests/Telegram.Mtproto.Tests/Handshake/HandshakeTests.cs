using Telegram.Mtproto.Handshake;

namespace Telegram.Mtproto.Tests.Handshake;

/// <summary>Both sides against each other.</summary>
[TestFixture]
internal sealed class HandshakeTests
{
    [Test]
    public void Run_WhenBothAreHonest_GivesBothTheSameKeyAndSalt([Range(1, 8)] int seed)
    {
        var pair = new HandshakePair(seed);
        Assert.That(pair.Run(), Is.EqualTo(ServerHandshakeStatus.Completed));
        var (client, server) = (pair.Client.Result, pair.Server.Result!);
        Assert.That(client.AuthKey.Bytes.SequenceEqual(server.AuthKey.Bytes), Is.True);
        Assert.That(client.FirstSalt, Is.EqualTo(server.FirstSalt));
        Assert.That(server.DataCenter, Is.EqualTo(2));
        Assert.That(client.ExpiresAt, Is.Null);
        Assert.That(server.ExpiresAt, Is.Null);
    }

    [Test]
    public void Run_WhenTheServersClockIsAhead_TellsTheClientByHowMuch()
    {
        var pair = new HandshakePair();
        pair.ServerTime += TimeSpan.FromMinutes(-7);
        pair.Run();
        Assert.That(pair.Client.Result.TimeOffset, Is.EqualTo(TimeSpan.FromMinutes(-7)));
    }

    [Test]
    public void Run_WhenTheKeyIsTemporary_GivesBothTheTimeOfItsEnd()
    {
        var pair = new HandshakePair(options: new ClientHandshakeOptions { DataCenter = -10002, ExpiresIn = TimeSpan.FromHours(24) });
        pair.Run();
        var end = pair.ServerTime.AddHours(24);
        Assert.That((pair.Client.Result.ExpiresAt, pair.Server.Result!.ExpiresAt), Is.EqualTo(((DateTimeOffset?)end, (DateTimeOffset?)end)));
        Assert.That(pair.Server.Result.DataCenter, Is.EqualTo(-10002));
    }

    [Test]
    public void Run_WhenTheKeyIdIsTaken_TriesAnotherExponent()
    {
        var asked = new List<long>();
        var pair = new HandshakePair(isKnownKeyId: id =>
        {
            asked.Add(id);
            return asked.Count < 3;
        });
        Assert.That(pair.Run(), Is.EqualTo(ServerHandshakeStatus.Completed));
        Assert.That(asked, Has.Count.EqualTo(3).And.Unique);
        Assert.That(pair.Client.Result.AuthKey.Id, Is.EqualTo(asked[^1]));
    }

    [Test]
    public void Run_WhenEveryKeyIdIsTaken_EndsOnBothSides()
    {
        var pair = new HandshakePair(isKnownKeyId: _ => true);
        Assert.That(pair.Run(), Is.EqualTo(ServerHandshakeStatus.Rejected));
        Assert.That(pair.Server.Failure, Is.EqualTo(HandshakeFailure.TooManyRetries));
    }
}
