using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Handshake;

/// <summary>What a client encrypts with the server's RSA key, whichever of its four forms it has.</summary>
/// <param name="Pq">The product, as the client read it.</param>
/// <param name="P">The smaller factor.</param>
/// <param name="Q">The larger factor.</param>
/// <param name="Nonce"><c>nonce</c>.</param>
/// <param name="ServerNonce"><c>server_nonce</c>.</param>
/// <param name="NewNonce"><c>new_nonce</c>, the secret of what follows.</param>
/// <param name="DataCenter">0 in the forms without it.</param>
/// <param name="ExpiresIn">Seconds; null in the forms of a permanent key.</param>
internal sealed record ClientInnerData(
    byte[] Pq, byte[] P, byte[] Q, TlInt128 Nonce, TlInt128 ServerNonce, TlInt256 NewNonce, int DataCenter, int? ExpiresIn)
{
    /// <summary>Decrypts the data in either scheme. Its data centre may be anything: media servers are negative, test servers have 10000 more.</summary>
    public static ClientInnerData Open(RsaPrivateKey key, byte[] encrypted)
    {
        Span<byte> data = stackalloc byte[RsaEnvelope.MaxDataLength];
        Guard.Demand(RsaEnvelope.Decrypt(key, encrypted, data, out var length) != RsaScheme.None, HandshakeFailure.Undecryptable);
        try
        {
            var reader = new TlReader((ReadOnlySpan<byte>)data[..length]);
            var inner = From(IPQInnerData.Read(ref reader));
            Guard.Demand(inner.ExpiresIn is null or > 0, HandshakeFailure.Malformed);
            return inner;
        }
        catch (TlException)
        {
            throw new HandshakeException(HandshakeFailure.Malformed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
        }
    }

    private static ClientInnerData From(IPQInnerData data) => data switch
    {
        PQInnerData d => new(d.Pq, d.P, d.Q, d.Nonce, d.ServerNonce, d.NewNonce, 0, null),
        PQInnerDataDc d => new(d.Pq, d.P, d.Q, d.Nonce, d.ServerNonce, d.NewNonce, d.Dc, null),
        PQInnerDataTemp d => new(d.Pq, d.P, d.Q, d.Nonce, d.ServerNonce, d.NewNonce, 0, d.ExpiresIn),
        PQInnerDataTempDc d => new(d.Pq, d.P, d.Q, d.Nonce, d.ServerNonce, d.NewNonce, d.Dc, d.ExpiresIn),
        _ => throw new HandshakeException(HandshakeFailure.UnexpectedMessage),
    };
}
