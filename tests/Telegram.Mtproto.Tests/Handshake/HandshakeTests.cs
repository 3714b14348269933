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

    [TestCase(0, 20, TestName = "Run_WhenReqPqsConstructorIsChanged_GivesNobodyAKey")]
    [TestCase(0, 24, TestName = "Run_WhenReqPqsNonceIsChanged_GivesNobodyAKey")]
    [TestCase(1, 20, TestName = "Run_WhenResPqsConstructorIsChanged_GivesNobodyAKey")]
    [TestCase(1, 24, TestName = "Run_WhenResPqsNonceIsChanged_GivesNobodyAKey")]
    [TestCase(1, 40, TestName = "Run_WhenResPqsServerNonceIsChanged_GivesNobodyAKey")]
    [TestCase(1, 64, TestName = "Run_WhenResPqsPqIsChanged_GivesNobodyAKey")]
    [TestCase(1, 72, TestName = "Run_WhenResPqsCountIsChanged_GivesNobodyAKey")]
    [TestCase(1, 76, TestName = "Run_WhenResPqsFingerprintIsChanged_GivesNobodyAKey")]
    [TestCase(2, 24, TestName = "Run_WhenReqDhParamsNonceIsChanged_GivesNobodyAKey")]
    [TestCase(2, 40, TestName = "Run_WhenReqDhParamsServerNonceIsChanged_GivesNobodyAKey")]
    [TestCase(2, 57, TestName = "Run_WhenReqDhParamsPIsChanged_GivesNobodyAKey")]
    [TestCase(2, 65, TestName = "Run_WhenReqDhParamsQIsChanged_GivesNobodyAKey")]
    [TestCase(2, 72, TestName = "Run_WhenReqDhParamsFingerprintIsChanged_GivesNobodyAKey")]
    [TestCase(2, 84, TestName = "Run_WhenReqDhParamsDataBeginsOtherwise_GivesNobodyAKey")]
    [TestCase(2, 339, TestName = "Run_WhenReqDhParamsDataEndsOtherwise_GivesNobodyAKey")]
    [TestCase(3, 24, TestName = "Run_WhenDhParamsOksNonceIsChanged_GivesNobodyAKey")]
    [TestCase(3, 40, TestName = "Run_WhenDhParamsOksServerNonceIsChanged_GivesNobodyAKey")]
    [TestCase(3, 60, TestName = "Run_WhenDhParamsOksAnswerBeginsOtherwise_GivesNobodyAKey")]
    [TestCase(3, 400, TestName = "Run_WhenDhParamsOksAnswerIsChanged_GivesNobodyAKey")]
    [TestCase(3, 651, TestName = "Run_WhenDhParamsOksAnswerEndsOtherwise_GivesNobodyAKey")]
    [TestCase(4, 24, TestName = "Run_WhenSetClientDhParamsNonceIsChanged_GivesNobodyAKey")]
    [TestCase(4, 40, TestName = "Run_WhenSetClientDhParamsServerNonceIsChanged_GivesNobodyAKey")]
    [TestCase(4, 60, TestName = "Run_WhenSetClientDhParamsDataBeginsOtherwise_GivesNobodyAKey")]
    [TestCase(4, 395, TestName = "Run_WhenSetClientDhParamsDataEndsOtherwise_GivesNobodyAKey")]
    public void Run_WhenAFieldIsChanged(int number, int offset)
    {
        var pair = new HandshakePair();
        Assert.That(RunChanged(pair, number, offset), Is.Not.EqualTo(ServerHandshakeStatus.Completed));
        Assert.That(pair.Client.State, Is.Not.EqualTo(HandshakeState.Completed));
        Assert.That(pair.Server.Result, Is.Null);
    }

    [TestCase(20, TestName = "Run_WhenDhGenOksConstructorIsChanged_GivesTheClientNoKey")]
    [TestCase(24, TestName = "Run_WhenDhGenOksNonceIsChanged_GivesTheClientNoKey")]
    [TestCase(40, TestName = "Run_WhenDhGenOksServerNonceIsChanged_GivesTheClientNoKey")]
    [TestCase(56, TestName = "Run_WhenDhGenOksHashIsChanged_GivesTheClientNoKey")]
    public void Run_WhenTheEndIsChanged(int offset)
    {
        var pair = new HandshakePair();
        RunChanged(pair, 5, offset);
        Assert.That(pair.Client.State, Is.EqualTo(HandshakeState.Failed));
    }

    [Test]
    public void Run_WhenDhGenOkIsTurnedIntoDhGenRetry_Fails()
    {
        var pair = new HandshakePair();
        void Turn(int number, byte[] payload)
        {
            if (number == 5)
            {
                Hex.Bytes("b91fdc46").CopyTo(payload, 20);
            }
        }

        var thrown = Assert.Throws<HandshakeException>(() => pair.Run(Turn));
        Assert.That(thrown!.Reason, Is.EqualTo(HandshakeFailure.BadHash));
    }

    private static ServerHandshakeStatus? RunChanged(HandshakePair pair, int number, int offset)
    {
        try
        {
            return pair.Run((at, payload) => payload[offset < payload.Length ? offset : 0] ^= at == number ? (byte)0x20 : (byte)0);
        }
        catch (HandshakeException)
        {
            return null;
        }
    }
}
