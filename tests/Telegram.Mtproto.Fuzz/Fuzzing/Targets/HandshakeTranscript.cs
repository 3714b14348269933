using System.Buffers;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Fuzz.Fuzzing.Targets;

/// <summary>One honest handshake, which both ends repeat to the byte: what each said, and the secrets to speak for either.</summary>
internal sealed class HandshakeTranscript
{
    private const int PlainHeader = 20;
    private const int ClientSeed = 8;
    private const int ServerSeed = 9;
    private static readonly Lazy<HandshakeTranscript> Made = new(() => new HandshakeTranscript());
    private readonly RsaPrivateKey _rsa = RsaPrivateKey.Create();

    private HandshakeTranscript()
    {
        var (client, server, output) = (CreateClient(), CreateServer(), new ArrayBufferWriter<byte>());
        client.Start(output, Now);
        for (var step = 0; client.State != HandshakeState.Completed; step++)
        {
            ClientSays.Add(Take(output));
            server.Receive(ClientSays[step], output, Now);
            ServerSays.Add(Take(output));
            client.Receive(ServerSays[step], output, Now);
        }

        KeyId = client.Result.AuthKey.Id;
        ReadSecrets();
    }

    public static HandshakeTranscript Instance => Made.Value;

    public static DateTimeOffset Now { get; } = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    public List<byte[]> ClientSays { get; } = [];

    public List<byte[]> ServerSays { get; } = [];

    public long KeyId { get; }

    /// <summary>What the client encrypts with RSA, what the server answers to it, and what the client answers to that.</summary>
    public byte[] RsaInner { get; private set; } = [];

    public byte[] ServerInner { get; private set; } = [];

    public byte[] ClientInner { get; private set; } = [];

    public ClientHandshake CreateClient() => new([_rsa.PublicKey], new ClientHandshakeOptions { DataCenter = 2 }, new SeededRandom(ClientSeed));

    public ServerHandshake CreateServer() => new(new ServerHandshakeOptions { Keys = [_rsa] }, new SeededRandom(ServerSeed));

    /// <summary><c>req_DH_params</c> with any inner data.</summary>
    public byte[] SealRsa(byte[] inner)
    {
        var encrypted = new byte[256];
        RsaPad.Encrypt(_rsa.PublicKey, inner.AsSpan(0, Math.Min(inner.Length, RsaPad.MaxDataLength)), new SeededRandom(1), encrypted);
        var request = Read(ClientSays[1], static (ref TlReader reader) => (ReqDHParams)TlRegistry.ReadFunction(ref reader));
        return Plain(new ReqDHParams
        {
            Nonce = request.Nonce,
            ServerNonce = request.ServerNonce,
            P = request.P,
            Q = request.Q,
            PublicKeyFingerprint = request.PublicKeyFingerprint,
            EncryptedData = encrypted,
        });
    }

    /// <summary><c>server_DH_params_ok</c> with any inner data, its hash included.</summary>
    public byte[] SealServer(byte[] inner)
    {
        var answer = Read(ServerSays[1], static (ref TlReader reader) => (ServerDHParamsOk)TlRegistry.ReadObject(ref reader));
        return Plain(new ServerDHParamsOk { Nonce = answer.Nonce, ServerNonce = answer.ServerNonce, EncryptedAnswer = Crypt(inner, encrypt: true) });
    }

    /// <summary><c>set_client_DH_params</c> with any inner data, its hash included.</summary>
    public byte[] SealClient(byte[] inner)
    {
        var request = Read(ClientSays[2], static (ref TlReader reader) => (SetClientDHParams)TlRegistry.ReadFunction(ref reader));
        return Plain(new SetClientDHParams { Nonce = request.Nonce, ServerNonce = request.ServerNonce, EncryptedData = Crypt(inner, encrypt: true) });
    }

    public static byte[] Plain(ITlObject message)
    {
        var output = new ArrayBufferWriter<byte>();
        PlainMessage.Write(output, (Now.ToUnixTimeSeconds() << 32) | 4, TlSerializer.ToBytes(message));
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Take(ArrayBufferWriter<byte> output)
    {
        var bytes = output.WrittenSpan.ToArray();
        output.ResetWrittenCount();
        return bytes;
    }

    private static T Read<T>(byte[] payload, Telegram.Tl.Tests.Wire.Reading<T> read) => Telegram.Tl.Tests.Wire.Read(payload[PlainHeader..], read);

    private void ReadSecrets()
    {
        var request = Read(ClientSays[1], static (ref TlReader reader) => (ReqDHParams)TlRegistry.ReadFunction(ref reader));
        var padded = new byte[RsaPad.PaddedLength];
        RsaPad.TryDecrypt(_rsa, request.EncryptedData, padded);
        RsaInner = padded[..RsaPad.MaxDataLength];
        ServerInner = Crypt(Read(ServerSays[1], static (ref TlReader reader) => (ServerDHParamsOk)TlRegistry.ReadObject(ref reader)).EncryptedAnswer, encrypt: false);
        ClientInner = Crypt(Read(ClientSays[2], static (ref TlReader reader) => (SetClientDHParams)TlRegistry.ReadFunction(ref reader)).EncryptedData, encrypt: false);
    }

    private byte[] Crypt(byte[] data, bool encrypt)
    {
        var reader = new TlReader(RsaInner);
        var inner = (PQInnerDataDc)TlRegistry.ReadObject(ref reader);
        Span<byte> key = stackalloc byte[AesIge.KeySize];
        Span<byte> iv = stackalloc byte[AesIge.IvSize];
        HandshakeSecrets.DeriveTemporaryKey(inner.NewNonce, inner.ServerNonce, key, iv);
        var result = data[..(data.Length / AesIge.BlockSize * AesIge.BlockSize)];
        if (encrypt)
        {
            AesIge.Encrypt(key, iv, result);
        }
        else
        {
            AesIge.Decrypt(key, iv, result);
        }

        return result;
    }
}
