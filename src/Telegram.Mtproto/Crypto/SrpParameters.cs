namespace Telegram.Mtproto.Crypto;

/// <summary>How an account's cloud password is hashed: <c>passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow</c>.</summary>
/// <param name="Salt1">Stands for the user's name in SRP.</param>
/// <param name="Salt2">Stands for the salt in SRP.</param>
/// <param name="Generator">g.</param>
/// <param name="Prime">p, 256 bytes, big-endian.</param>
/// <remarks><see href="https://core.telegram.org/api/srp"/>.</remarks>
public sealed record SrpParameters(ReadOnlyMemory<byte> Salt1, ReadOnlyMemory<byte> Salt2, int Generator, ReadOnlyMemory<byte> Prime)
{
    private const int AddedSaltLength = 32;

    /// <summary>
    /// What a new password is set with: a client appends 32 random bytes to the first salt of the server's <c>new_algo</c> and sends the result back.
    /// </summary>
    public SrpParameters WithFreshSalt(IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var salt = new byte[Salt1.Length + AddedSaltLength];
        Salt1.CopyTo(salt);
        random.Fill(salt.AsSpan(Salt1.Length));
        return this with { Salt1 = salt };
    }
}
