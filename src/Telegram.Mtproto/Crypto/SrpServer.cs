using System.Security.Cryptography;

namespace Telegram.Mtproto.Crypto;

/// <summary>The server's side of one password check: it holds the exponent behind one <c>srp_id</c> and <c>srp_B</c>.</summary>
/// <remarks>A challenge is for one attempt: make a new one after each. <see href="https://core.telegram.org/api/srp"/>.</remarks>
public sealed class SrpServer
{
    private readonly SrpParameters _parameters;
    private readonly MontgomeryModulus _group;
    private readonly byte[] _verifier;
    private readonly byte[] _exponent = new byte[DhParameters.Size];
    private readonly byte[] _publicValue = new byte[DhParameters.Size];

    /// <summary>Makes a challenge.</summary>
    /// <param name="parameters">The account's parameters; the server's own, so its group is taken to be safe.</param>
    /// <param name="verifier">What the account's password was set with: <see cref="Srp.CreateVerifier"/>.</param>
    /// <param name="random">Gives the secret exponent.</param>
    /// <exception cref="ArgumentException">The prime is even or longer than 256 bytes.</exception>
    public SrpServer(SrpParameters parameters, ReadOnlySpan<byte> verifier, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(random);
        _parameters = parameters;
        _verifier = verifier.ToArray();
        _group = DhParameters.GetModulus(parameters.Prime.Span);
        DhParameters.GenerateExponent(random, _exponent);
        _group.Power([(byte)parameters.Generator], _exponent, _publicValue);
        var masked = (SrpMath.Multiplier(parameters) * BigEndian.Read(verifier)) + BigEndian.Read(_publicValue);
        BigEndian.Write(masked % _group.Value, _publicValue);
    }

    /// <summary><c>srp_B</c>: 256 bytes.</summary>
    public ReadOnlyMemory<byte> PublicValue => _publicValue;

    /// <summary>Checks a client's answer. The proof is compared in constant time; whatever a peer sends, no exception comes of it.</summary>
    /// <param name="clientPublic">The client's <c>A</c>.</param>
    /// <param name="proof">The client's <c>M1</c>.</param>
    public bool Verify(ReadOnlySpan<byte> clientPublic, ReadOnlySpan<byte> proof)
    {
        if (!DhParameters.IsPublicValueInRange(clientPublic, _parameters.Prime.Span))
        {
            return false;
        }

        Span<byte> padded = stackalloc byte[DhParameters.Size];
        padded.Clear();
        clientPublic.CopyTo(padded[^clientPublic.Length..]);
        var scrambler = SrpMath.Scrambler(padded, _publicValue).ToByteArray(isUnsigned: true, isBigEndian: true);
        Span<byte> secret = stackalloc byte[DhParameters.Size];
        _group.Power(_verifier, scrambler, secret);
        BigEndian.Write(BigEndian.Read(padded) * BigEndian.Read(secret) % _group.Value, secret);
        _group.Power(secret, _exponent, secret);

        Span<byte> expected = stackalloc byte[SrpMath.HashSize];
        SrpMath.Prove(_parameters, padded, _publicValue, secret, expected);
        return CryptographicOperations.FixedTimeEquals(expected, proof);
    }
}
