using System.Buffers;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Tests.Crypto;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Tests.Handshake;

/// <summary>A server that knows the protocol and breaks it in one place: what <c>server_DH_params_ok</c> holds.</summary>
internal sealed class DishonestServer
{
    private static readonly TlInt128 ServerNonce = new(new SeededRandomSource(7).Bytes(16));

    public Func<ServerDHInnerData, ServerDHInnerData> Change { get; init; } = data => data;

    /// <summary>Changes the hash and data before they are encrypted.</summary>
    public Action<byte[]> ChangeAnswer { get; init; } = _ => { };

    public int ExtraPadding { get; init; }

    /// <summary>Goes as far as the client's next answer; why the client refused, or null.</summary>
    public HandshakeFailure? Fail()
    {
        var output = new ArrayBufferWriter<byte>();
        var client = new ClientHandshake([TestKeys.Server.PublicKey], new ClientHandshakeOptions { DataCenter = 2 }, new SeededRandomSource(8));
        client.Start(output, default);
        var nonce = new TlInt128(Take(output).AsSpan(24));
        client.Receive(Plain(new ResPQ { Nonce = nonce, ServerNonce = ServerNonce, Pq = Hex.Bytes("130B7475669FEB8B"), ServerPublicKeyFingerprints = [TestKeys.Server.PublicKey.Fingerprint] }), output, default);

        var data = new byte[RsaPad.PaddedLength];
        Assert.That(RsaPad.TryDecrypt(TestKeys.Server, Take(output).AsSpan(84), data), Is.True);
        var newNonce = new TlInt256(data.AsSpan(64, 32));
        try
        {
            client.Receive(Plain(new ServerDHParamsOk { Nonce = nonce, ServerNonce = ServerNonce, EncryptedAnswer = Seal(nonce, newNonce) }), output, default);
            return null;
        }
        catch (HandshakeException refusal)
        {
            Assert.That(output.WrittenCount, Is.Zero);
            return refusal.Reason;
        }
    }

    private static byte[] Take(ArrayBufferWriter<byte> output)
    {
        var bytes = output.WrittenSpan.ToArray();
        output.ResetWrittenCount();
        return bytes;
    }

    private static byte[] Plain(ITlObject message)
    {
        var output = new ArrayBufferWriter<byte>();
        PlainMessage.Write(output, 1, TlSerializer.ToBytes(message));
        return output.WrittenSpan.ToArray();
    }

    private byte[] Seal(TlInt128 nonce, TlInt256 newNonce)
    {
        var inner = Change(new ServerDHInnerData
        {
            Nonce = nonce,
            ServerNonce = ServerNonce,
            G = 3,
            DhPrime = DhParameters.KnownPrime.ToArray(),
            GA = [0x20, .. new SeededRandomSource(9).Bytes(255)],
            ServerTime = 1,
        });
        var bytes = TlSerializer.ToBytes(inner);
        var answer = new byte[((20 + bytes.Length + 15) / 16 * 16) + ExtraPadding];
        SHA1.HashData(bytes).CopyTo(answer, 0);
        bytes.CopyTo(answer, 20);
        ChangeAnswer(answer);
        Span<byte> key = stackalloc byte[32];
        Span<byte> iv = stackalloc byte[32];
        HandshakeSecrets.DeriveTemporaryKey(newNonce, ServerNonce, key, iv);
        AesIge.Encrypt(key, iv, answer);
        return answer;
    }
}
