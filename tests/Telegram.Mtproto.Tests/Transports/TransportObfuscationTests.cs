using System.Buffers;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Tests.Transports;

internal sealed class TransportObfuscationTests
{
    private readonly SeededRandomSource _random = new(40);

    [TestCase(TransportKind.Abridged, "EFEFEFEF")]
    [TestCase(TransportKind.Intermediate, "EEEEEEEE")]
    [TestCase(TransportKind.PaddedIntermediate, "DDDDDDDD")]
    public void CreateClient_Always_FollowsTheSpecificationsSteps(TransportKind kind, string tag)
    {
        var (header, data) = (new byte[64], new byte[100]);
        using var client = TransportObfuscation.CreateClient(kind, -4, new SeededRandomSource(41), header);
        client.Encrypt(data);
        var answer = new byte[100];
        client.Decrypt(answer);

        // core.telegram.org/mtproto/mtproto-transports#transport-obfuscation, word for word.
        byte[] init = [.. new SeededRandomSource(41).Bytes(64)[..56], .. Convert.FromHexString(tag), 0xFC, 0xFF, .. new SeededRandomSource(41).Bytes(64)[62..]];
        byte[] initRev = [.. init.Reverse()];
        using var encryptor = new AesCtr(init.AsSpan(8, 32), init.AsSpan(40, 16));
        using var decryptor = new AesCtr(initRev.AsSpan(8, 32), initRev.AsSpan(40, 16));
        var (encryptedInit, sent, received) = (init.ToArray(), new byte[100], new byte[100]);
        encryptor.Apply(encryptedInit);
        encryptor.Apply(sent);
        decryptor.Apply(received);

        Assert.That(header, Is.EqualTo((byte[])[.. init[..56], .. encryptedInit[56..]]));
        Assert.That(data, Is.EqualTo(sent));
        Assert.That(answer, Is.EqualTo(received));
    }

    [Test]
    public void CreateClient_WhenGivenASecret_MixesItIntoTheKeys()
    {
        var (header, data, secret) = (new byte[64], new byte[50], _random.Bytes(16));
        using var client = TransportObfuscation.CreateClient(TransportKind.Abridged, 2, _random, header, secret);
        client.Encrypt(data);

        using var expected = new AesCtr(SHA256.HashData([.. header[8..40], .. secret]), header.AsSpan(40, 16));
        var (all, sent) = (header.ToArray(), new byte[50]);
        expected.Apply(all);
        expected.Apply(sent);
        Assert.That(Convert.ToHexString(all.AsSpan(56, 6)), Is.EqualTo("EFEFEFEF0200"));
        Assert.That(data, Is.EqualTo(sent));
    }

    [Test]
    public void CreateClient_WhenTheSecretAsksForPadding_UsesThePaddedTransport()
    {
        var header = new byte[64];
        byte[] secret = [0xDD, .. _random.Bytes(16)];
        using var client = TransportObfuscation.CreateClient(TransportKind.Abridged, 2, _random, header, secret);

        Assert.That(client.Kind, Is.EqualTo(TransportKind.PaddedIntermediate));
        Assert.That(TransportObfuscation.TryAccept(header, out var server, secret), Is.True);
        using (server)
        {
            Assert.That(server!.Kind, Is.EqualTo(TransportKind.PaddedIntermediate));
        }
    }

    [Test]
    public void TryAccept_WhenTheHeaderIsAClients_GivesBothDirections([Values(0, 16)] int secretLength)
    {
        var (header, secret) = (new byte[64], _random.Bytes(secretLength));
        using var client = TransportObfuscation.CreateClient(TransportKind.Intermediate, 10002, _random, header, secret);
        Assert.That(TransportObfuscation.TryAccept(header, out var accepted, secret), Is.True);
        using var server = accepted!;
        var (request, answer) = (_random.Bytes(333), _random.Bytes(333));
        var (toServer, toClient) = (request.ToArray(), answer.ToArray());
        client.Encrypt(toServer);
        server.Decrypt(Pieces(toServer));
        server.Encrypt(toClient);
        client.Decrypt(toClient.AsSpan(0, 5));
        client.Decrypt(toClient.AsSpan(5));

        Assert.That(server.Kind, Is.EqualTo(TransportKind.Intermediate));
        Assert.That(server.DataCenter, Is.EqualTo(10002));
        Assert.That(toServer, Is.EqualTo(request));
        Assert.That(toClient, Is.EqualTo(answer));

        static ReadOnlySequence<byte> Pieces(byte[] data) => new(data);
    }

    [Test]
    public void TryAccept_WhenTheSecretIsAnother_Refuses()
    {
        var header = new byte[64];
        using var client = TransportObfuscation.CreateClient(TransportKind.Intermediate, 2, _random, header, _random.Bytes(16));

        Assert.That(TransportObfuscation.TryAccept(header, out _, _random.Bytes(16)), Is.False);
        Assert.That(TransportObfuscation.TryAccept(header, out _), Is.False);
    }

    [Test]
    public void TryAccept_WhenTheHeaderIsCutOrNoise_Refuses()
    {
        for (var i = 0; i < 300; i++)
        {
            Assert.That(TransportObfuscation.TryAccept(_random.Bytes(i % 100), out _), Is.False);
        }
    }

    // Each of these begins like another protocol; the client must draw again.
    [TestCase("EF")]
    [TestCase("EEEEEEEE")]
    [TestCase("DDDDDDDD")]
    [TestCase("48454144")]
    [TestCase("504F5354")]
    [TestCase("47455420")]
    [TestCase("4F505449")]
    [TestCase("16030102")]
    [TestCase("1122334400000000")]
    public void CreateClient_WhenTheDrawLooksLikeAnotherProtocol_DrawsAgain(string beginning)
    {
        var random = new ScriptedRandomSource(Convert.FromHexString(beginning));
        var header = new byte[64];
        using var client = TransportObfuscation.CreateClient(TransportKind.Abridged, 2, random, header);

        Assert.That(random.Draws, Is.EqualTo(2));
        Assert.That(header[0], Is.EqualTo(ScriptedRandomSource.Filler));
    }

    [Test]
    public void CreateClient_WhenTheRandomSourceIsStuck_GivesUp() =>
        Assert.That(
            () => TransportObfuscation.CreateClient(TransportKind.Abridged, 2, new ScriptedRandomSource([0xEF], int.MaxValue), new byte[64]),
            Throws.InstanceOf<CryptographicException>());

    [Test]
    public void CreateClient_WhenAnArgumentIsImpossible_Throws()
    {
        Assert.That(() => TransportObfuscation.CreateClient(TransportKind.Full, 2, _random, new byte[64]), Throws.ArgumentException);
        Assert.That(() => TransportObfuscation.CreateClient(TransportKind.Abridged, 2, _random, new byte[63]), Throws.ArgumentException);
        Assert.That(() => TransportObfuscation.CreateClient(TransportKind.Abridged, 2, _random, new byte[64], new byte[15]), Throws.ArgumentException);
    }

    /// <summary>Gives draws that begin as scripted, then draws of a harmless byte.</summary>
    private sealed class ScriptedRandomSource(byte[] beginning, int times = 1) : IRandomSource
    {
        public const byte Filler = 0x5A;

        public int Draws { get; private set; }

        public void Fill(Span<byte> destination)
        {
            destination.Fill(Filler);
            if (Draws++ < times)
            {
                beginning.CopyTo(destination);
            }
        }
    }
}
