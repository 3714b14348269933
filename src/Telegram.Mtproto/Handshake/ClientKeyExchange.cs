using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Handshake;

/// <summary>The secrets of a client's handshake and what is computed with them.</summary>
/// <param name="nonce"><c>nonce</c>.</param>
/// <param name="serverNonce"><c>server_nonce</c>.</param>
/// <param name="random">Gives the secrets.</param>
internal sealed class ClientKeyExchange(TlInt128 nonce, TlInt128 serverNonce, IRandomSource random)
{
    private const int MaxExponentTries = 16;
    private readonly byte[] _exponent = new byte[DhParameters.Size];
    private readonly TlInt256 _newNonce = DrawNewNonce(random);
    private ServerDHInnerData? _group;

    /// <summary>The server's clock when it answered.</summary>
    public DateTimeOffset ServerTime { get; private set; }

    public long FirstSalt => HandshakeSecrets.FirstSalt(_newNonce, serverNonce);

    /// <summary>Makes <c>req_DH_params</c>.</summary>
    public ReqDHParams Request(RsaPublicKey key, byte[] pq, ulong p, ulong q, ClientHandshakeOptions options)
    {
        var (pBytes, qBytes) = (ProofOfWork.ToBytes(p), ProofOfWork.ToBytes(q));
        var encrypted = new byte[RsaPublicKey.Size];
        RsaPad.Encrypt(key, TlSerializer.ToBytes(InnerData(pq, pBytes, qBytes, options)), random, encrypted);
        return new ReqDHParams
        {
            Nonce = nonce,
            ServerNonce = serverNonce,
            P = pBytes,
            Q = qBytes,
            PublicKeyFingerprint = key.Fingerprint,
            EncryptedData = encrypted,
        };
    }

    /// <summary>Decrypts and checks what <c>server_DH_params_ok</c> holds.</summary>
    public void AcceptGroup(byte[] encryptedAnswer)
    {
        var group = Open(encryptedAnswer);
        CheckNonces(group.Nonce, group.ServerNonce);
        switch (DhParameters.Check(group.DhPrime, group.G, random))
        {
            case DhParametersStatus.Valid:
                break;
            case DhParametersStatus.InvalidGenerator:
                throw new HandshakeException(HandshakeFailure.BadGenerator);
            default:
                throw new HandshakeException(HandshakeFailure.BadPrime);
        }

        Guard.Demand(DhParameters.IsPublicValueInRange(group.GA, group.DhPrime), HandshakeFailure.BadPublicValue);
        ServerTime = DateTimeOffset.FromUnixTimeSeconds(group.ServerTime);
        _group = group;
    }

    /// <summary>Draws an exponent and makes <c>set_client_DH_params</c>.</summary>
    public SetClientDHParams Reply(long retryId)
    {
        var publicValue = new byte[DhParameters.Size];
        var tries = 0;
        do
        {
            Guard.Demand(tries++ < MaxExponentTries, HandshakeFailure.BadPublicValue);
            DhParameters.GenerateExponent(random, _exponent);
            DhParameters.ModPow(_group!.G, _exponent, _group.DhPrime, publicValue);
        }
        while (!DhParameters.IsPublicValueInRange(publicValue, _group.DhPrime));

        var inner = new ClientDHInnerData { Nonce = nonce, ServerNonce = serverNonce, RetryId = retryId, GB = publicValue };
        return new SetClientDHParams
        {
            Nonce = nonce,
            ServerNonce = serverNonce,
            EncryptedData = new HashedData(_newNonce, serverNonce).Seal(inner, random),
        };
    }

    /// <summary>Computes the key of the last exponent.</summary>
    public AuthKey ComputeKey()
    {
        Span<byte> secret = stackalloc byte[DhParameters.Size];
        DhParameters.ModPow(_group!.GA, _exponent, _group.DhPrime, secret);
        var key = new AuthKey(secret);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    public void CheckNonces(TlInt128 receivedNonce, TlInt128 receivedServerNonce) =>
        Guard.Demand(receivedNonce == nonce & receivedServerNonce == serverNonce, HandshakeFailure.NonceMismatch);

    /// <summary>Checks the hash of <c>server_DH_params_fail</c>.</summary>
    public void CheckHash(TlInt128 newNonceHash) =>
        Guard.Demand(newNonceHash == HandshakeSecrets.NewNonceHash(_newNonce), HandshakeFailure.BadHash);

    /// <summary>Checks the hash that proves who answered, and that the answer is this one of the three.</summary>
    public void CheckHash(TlInt128 newNonceHash, byte number, AuthKey key) =>
        Guard.Demand(newNonceHash == HandshakeSecrets.NewNonceHash(_newNonce, number, key), HandshakeFailure.BadHash);

    /// <summary>Overwrites the exponent.</summary>
    public void Forget() => CryptographicOperations.ZeroMemory(_exponent);

    private static TlInt256 DrawNewNonce(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[TlInt256.Size];
        random.Fill(bytes);
        var newNonce = new TlInt256(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return newNonce;
    }

    private IPQInnerData InnerData(byte[] pq, byte[] p, byte[] q, ClientHandshakeOptions options) => options.ExpiresIn is { } lifetime
        ? new PQInnerDataTempDc
        {
            Pq = pq,
            P = p,
            Q = q,
            Nonce = nonce,
            ServerNonce = serverNonce,
            NewNonce = _newNonce,
            Dc = options.DataCenter,
            ExpiresIn = (int)lifetime.TotalSeconds,
        }
        : new PQInnerDataDc
        {
            Pq = pq,
            P = p,
            Q = q,
            Nonce = nonce,
            ServerNonce = serverNonce,
            NewNonce = _newNonce,
            Dc = options.DataCenter,
        };

    private ServerDHInnerData Open(byte[] encryptedAnswer)
    {
        try
        {
            var group = new HashedData(_newNonce, serverNonce)
                .Open(encryptedAnswer, static (ref TlReader reader) => ServerDHInnerData.Read(ref reader), out var isAuthentic);
            Guard.Demand(isAuthentic, HandshakeFailure.BadHash);
            return group;
        }
        catch (TlException)
        {
            throw new HandshakeException(HandshakeFailure.Undecryptable);
        }
    }
}
