using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

internal sealed class AuthKeyTests
{
    [Test]
    public void New_WhenGivenTheDocumentedKey_HasTheHashesOfTheHandshake()
    {
        using var key = new AuthKey(SampleHandshake.AuthKey);

        // dh_gen_ok's new_nonce_hash1 is computed from the auxiliary hash, so the documentation fixes it.
        byte[] hashed = [.. SampleHandshake.NewNonce, 1, .. BitConverter.GetBytes(key.AuxHash)];
        Assert.That(SHA1.HashData(hashed)[4..], Is.EqualTo(SampleHandshake.NewNonceHash1));
        Assert.That(key.Bytes.ToArray(), Is.EqualTo(SampleHandshake.AuthKey));
    }

    [Test]
    public void Id_Always_IsTheLastEightBytesOfTheHash()
    {
        using var key = new AuthKey(SampleHandshake.AuthKey);

        Assert.That(BitConverter.GetBytes(key.Id), Is.EqualTo(SHA1.HashData(SampleHandshake.AuthKey)[12..]));
    }

    [Test]
    public void New_WhenLeadingZeroesAreMissing_PadsThem()
    {
        var padded = new SeededRandomSource(1).Bytes(AuthKey.Size);
        padded.AsSpan(0, 3).Clear();
        using var whole = new AuthKey(padded);
        using var shortened = new AuthKey(padded.AsSpan(3));

        Assert.That(shortened.Bytes.ToArray(), Is.EqualTo(padded));
        Assert.That(shortened.Id, Is.EqualTo(whole.Id));
    }

    [TestCase(0)]
    [TestCase(257)]
    public void New_WhenTheLengthIsImpossible_Throws(int length) =>
        Assert.That(() => new AuthKey(new byte[length]), Throws.ArgumentException);

    [Test]
    public void ToString_Always_TellsNothingOfTheKey()
    {
        using var key = new AuthKey(SampleHandshake.AuthKey);

        Assert.That(key.ToString(), Is.EqualTo("AuthKey (redacted)"));
    }

    [Test]
    public void Bytes_WhenDisposed_AreGone()
    {
        var key = new AuthKey(SampleHandshake.AuthKey);
        key.Dispose();

        Assert.That(() => key.Bytes.Length, Throws.TypeOf<ObjectDisposedException>());
    }
}
