using System.Buffers;
using System.Buffers.Binary;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Tests.Crypto;
using Telegram.Tl;

namespace Telegram.Mtproto.Tests.Handshake;

/// <summary>The client against the bytes of the specification's example.</summary>
[TestFixture]
internal sealed class SampleAuthKeyTests
{
    // The page does not say with which key RSA_PAD hid the data: any will do.
    private static readonly string HiddenKey = new('5', 64);
    private readonly ArrayBufferWriter<byte> _output = new();

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(SampleAuthKey.UnixTime);

    [SetUp]
    public void SetUp() => _output.ResetWrittenCount();

    [Test]
    public void Receive_WhenGivenTheServersMessages_WritesTheClientsAndGivesTheKey()
    {
        var random = new ScriptedRandomSource(
            SampleAuthKey.Nonce,
            SampleAuthKey.NewNonce,
            SampleAuthKey.PqInnerPadding,
            HiddenKey,
            SampleAuthKey.Exponent,
            SampleAuthKey.ClientInnerPadding);
        var handshake = new ClientHandshake([TelegramPublicKeys.Test, TelegramPublicKeys.Production], new ClientHandshakeOptions { DataCenter = 2 }, random);

        handshake.Start(_output, Now);
        AssertWritten(SampleAuthKey.ReqPqMulti);
        handshake.Receive(Hex.Bytes(SampleAuthKey.ResPq), _output, Now);
        AssertWritten(SampleAuthKey.ReqDhParamsStart, hiddenBytes: 256);
        handshake.Receive(Hex.Bytes(SampleAuthKey.ServerDhParamsOk), _output, Now);
        AssertWritten(SampleAuthKey.SetClientDhParams);
        Assert.That(handshake.Receive(Hex.Bytes(SampleAuthKey.DhGenOk), _output, Now), Is.True);

        Assert.That(_output.WrittenCount, Is.Zero);
        Assert.That(random.IsUsedUp, Is.True);
        var result = handshake.Result;
        Assert.That(result.AuthKey.Bytes.ToArray(), Is.EqualTo(Hex.Bytes(SampleAuthKey.AuthKey)));
        Assert.That(Hex.Of(result.FirstSalt), Is.EqualTo(SampleAuthKey.FirstSalt).IgnoreCase);
        Assert.That(result.TimeOffset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void ReceiveResPq_WhenTheKeyIsOurs_HidesTheDocumentedInnerData()
    {
        var key = TestKeys.Server;
        var random = new ScriptedRandomSource(SampleAuthKey.Nonce, SampleAuthKey.NewNonce, SampleAuthKey.PqInnerPadding, HiddenKey);
        var handshake = new ClientHandshake([key.PublicKey], new ClientHandshakeOptions { DataCenter = 2 }, random);
        handshake.Start(_output, Now);
        _output.ResetWrittenCount();

        var resPq = Hex.Bytes(SampleAuthKey.ResPq);
        BinaryPrimitives.WriteInt64LittleEndian(resPq.AsSpan(84), key.PublicKey.Fingerprint);
        handshake.Receive(resPq, _output, Now);

        var data = new byte[RsaPad.PaddedLength];
        Assert.That(RsaPad.TryDecrypt(key, _output.WrittenSpan[84..], data), Is.True);
        Assert.That(data, Is.EqualTo(Hex.Bytes(SampleAuthKey.PqInnerData + SampleAuthKey.PqInnerPadding)));
    }

    [Test]
    public void DeriveTemporaryKey_WhenGivenTheNonces_GivesTheDocumentedKey()
    {
        var (key, iv) = (new byte[32], new byte[32]);
        var serverNonce = new TlInt128(Hex.Bytes(SampleAuthKey.ResPq).AsSpan(40, 16));
        HandshakeSecrets.DeriveTemporaryKey(new TlInt256(Hex.Bytes(SampleAuthKey.NewNonce)), serverNonce, key, iv);
        Assert.That(Hex.Of(key), Is.EqualTo(SampleAuthKey.TemporaryKey).IgnoreCase);
        Assert.That(Hex.Of(iv), Is.EqualTo(SampleAuthKey.TemporaryIv).IgnoreCase);
    }

    [Test]
    public void Receive_WhenTheServerPadsItsMessage_IgnoresThePadding()
    {
        var handshake = new ClientHandshake(
            [TelegramPublicKeys.Production],
            new ClientHandshakeOptions { DataCenter = 2 },
            new ScriptedRandomSource(SampleAuthKey.Nonce, SampleAuthKey.NewNonce, SampleAuthKey.PqInnerPadding, HiddenKey));
        handshake.Start(_output, Now);
        var padded = Hex.Bytes(SampleAuthKey.ResPq + new string('7', 2 * 88));
        padded[16] += 88;
        handshake.Receive(padded, _output, Now);
        Assert.That(handshake.State, Is.EqualTo(HandshakeState.AwaitingDhParams));
    }

    /// <summary>Compares all but the fraction of the second in the message's identifier, and bytes the page does not give.</summary>
    private void AssertWritten(string documented, int hiddenBytes = 0)
    {
        var (written, expected) = (_output.WrittenSpan.ToArray(), Hex.Bytes(documented));
        written.AsSpan(8, 4).CopyTo(expected.AsSpan(8));
        Assert.That(written.Length, Is.EqualTo(expected.Length + hiddenBytes));
        Assert.That(written[..expected.Length], Is.EqualTo(expected));
        Assert.That(written[8] % 4, Is.Zero);
        _output.ResetWrittenCount();
    }
}
