using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Handshake;

/// <summary>One exchange of a server with one client, from <c>req_pq</c> on.</summary>
internal sealed class ServerKeyExchange
{
    private readonly IRandomSource _random;
    private readonly TlInt128 _serverNonce;
    private readonly byte[] _pq;
    private readonly byte[] _p;
    private readonly byte[] _q;
    private readonly byte[] _exponent = new byte[DhParameters.Size];
    private long _retryId;

    public ServerKeyExchange(TlInt128 nonce, IRandomSource random)
    {
        (Nonce, _random) = (nonce, random);
        Span<byte> serverNonce = stackalloc byte[TlInt128.Size];
        random.Fill(serverNonce);
        _serverNonce = new TlInt128(serverNonce);
        var (p, q) = ProofOfWork.Create(random);
        (_pq, _p, _q) = (ProofOfWork.ToBytes(p * q), ProofOfWork.ToBytes(p), ProofOfWork.ToBytes(q));
    }

    public TlInt128 Nonce { get; }

    /// <summary>What the client has encrypted for the server; null before.</summary>
    public ClientInnerData? Client { get; private set; }

    public long FirstSalt => HandshakeSecrets.FirstSalt(Client!.NewNonce, _serverNonce);

    public ResPQ Challenge(IReadOnlyList<RsaPrivateKey> keys) => new()
    {
        Nonce = Nonce,
        ServerNonce = _serverNonce,
        Pq = _pq,
        ServerPublicKeyFingerprints = [.. keys.Select(key => key.PublicKey.Fingerprint)],
    };

    /// <summary>Checks <c>req_DH_params</c> and makes the answer to it.</summary>
    public ServerDHParamsOk Accept(ReqDHParams request, IReadOnlyList<RsaPrivateKey> keys, DateTimeOffset now)
    {
        CheckNonces(request.Nonce, request.ServerNonce);
        Guard.Demand(IsNumber(request.P, _p) && IsNumber(request.Q, _q), HandshakeFailure.BadFactors);
        var key = keys.FirstOrDefault(candidate => candidate.PublicKey.Fingerprint == request.PublicKeyFingerprint)
            ?? throw new HandshakeException(HandshakeFailure.UnknownKey);
        var client = ClientInnerData.Open(key, request.EncryptedData);
        CheckNonces(client.Nonce, client.ServerNonce);
        Guard.Demand(IsNumber(client.Pq, _pq) && IsNumber(client.P, _p) && IsNumber(client.Q, _q), HandshakeFailure.BadFactors);
        Client = client;
        _retryId = 0;

        var inner = new ServerDHInnerData
        {
            Nonce = Nonce,
            ServerNonce = _serverNonce,
            G = DhParameters.KnownGenerator,
            DhPrime = DhParameters.KnownPrime.ToArray(),
            GA = DrawPublicValue(),
            ServerTime = (int)now.ToUnixTimeSeconds(),
        };
        return new ServerDHParamsOk
        {
            Nonce = Nonce,
            ServerNonce = _serverNonce,
            EncryptedAnswer = new HashedData(client.NewNonce, _serverNonce).Seal(inner, _random),
        };
    }

    /// <summary>Decrypts <c>set_client_DH_params</c> and computes the key.</summary>
    /// <param name="request">What the client sent.</param>
    /// <param name="isSound">Whether hash and retry number are right; if not, the client is told that the exchange has failed.</param>
    public AuthKey ComputeKey(SetClientDHParams request, out bool isSound)
    {
        CheckNonces(request.Nonce, request.ServerNonce);
        var inner = Open(request.EncryptedData, out var isAuthentic);
        CheckNonces(inner.Nonce, inner.ServerNonce);
        Guard.Demand(DhParameters.IsPublicValueInRange(inner.GB, DhParameters.KnownPrime), HandshakeFailure.BadPublicValue);
        isSound = isAuthentic && inner.RetryId == _retryId;

        Span<byte> secret = stackalloc byte[DhParameters.Size];
        DhParameters.ModPow(inner.GB, _exponent, DhParameters.KnownPrime, secret);
        var key = new AuthKey(secret);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    /// <summary>Overwrites the exponent.</summary>
    public void Forget() => CryptographicOperations.ZeroMemory(_exponent);

    public DhGenOk Confirm(AuthKey key) =>
        new() { Nonce = Nonce, ServerNonce = _serverNonce, NewNonceHash1 = HandshakeSecrets.NewNonceHash(Client!.NewNonce, 1, key) };

    /// <summary>Asks for another exponent.</summary>
    public DhGenRetry AskAgain(AuthKey key)
    {
        _retryId = key.AuxHash;
        return new DhGenRetry { Nonce = Nonce, ServerNonce = _serverNonce, NewNonceHash2 = HandshakeSecrets.NewNonceHash(Client!.NewNonce, 2, key) };
    }

    public DhGenFail Refuse(AuthKey key) =>
        new() { Nonce = Nonce, ServerNonce = _serverNonce, NewNonceHash3 = HandshakeSecrets.NewNonceHash(Client!.NewNonce, 3, key) };

    private static bool IsNumber(byte[] received, byte[] expected) => received.AsSpan().TrimStart((byte)0).SequenceEqual(expected);

    private ClientDHInnerData Open(byte[] encrypted, out bool isAuthentic)
    {
        try
        {
            return new HashedData(Client!.NewNonce, _serverNonce)
                .Open(encrypted, static (ref TlReader reader) => ClientDHInnerData.Read(ref reader), out isAuthentic);
        }
        catch (TlException)
        {
            throw new HandshakeException(HandshakeFailure.Undecryptable);
        }
    }

    private byte[] DrawPublicValue()
    {
        var publicValue = new byte[DhParameters.Size];
        do
        {
            DhParameters.GenerateExponent(_random, _exponent);
            DhParameters.ModPow(DhParameters.KnownGenerator, _exponent, DhParameters.KnownPrime, publicValue);
        }
        while (!DhParameters.IsPublicValueInRange(publicValue, DhParameters.KnownPrime));

        return publicValue;
    }

    private void CheckNonces(TlInt128 nonce, TlInt128 serverNonce) =>
        Guard.Demand(nonce == Nonce & serverNonce == _serverNonce, HandshakeFailure.NonceMismatch);
}
