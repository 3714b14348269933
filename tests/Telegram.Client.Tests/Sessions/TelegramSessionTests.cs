using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Tl;

namespace Telegram.Client.Tests.Sessions;

public sealed class TelegramSessionTests
{
    [Test]
    public void Parse_WhenGivenWhatToBytesWrote_IsTheSameSession()
    {
        var session = Sample();

        var read = TelegramSession.Parse(session.ToBytes());

        Assert.That(read.DataCenterId, Is.EqualTo(4));
        Assert.That(read.UserId, Is.EqualTo(123456789012L));
        Assert.That(read.IsSignedIn, Is.True);
        Assert.That(read.Layer, Is.EqualTo(TlRegistry.Layer));
        Assert.That(read.Keys.Keys, Is.EquivalentTo(new[] { 2, 4 }));
        Assert.That(read.KeyOf(4)!.Key.Bytes.ToArray(), Is.EqualTo(session.KeyOf(4)!.Key.Bytes.ToArray()));
        Assert.That(read.KeyOf(4)!.SignedIn, Is.True);
        Assert.That(read.KeyOf(2)!.SignedIn, Is.False);
        Assert.That(read.KeyOf(4)!.State!.TimeOffset, Is.EqualTo(TimeSpan.FromSeconds(-42)));
        Assert.That(read.KeyOf(4)!.State!.Salts, Is.EqualTo(session.KeyOf(4)!.State!.Salts));
    }

    [Test]
    public void Parse_WhenNew_HasNothing()
    {
        var read = TelegramSession.Parse(TelegramSession.New(2).ToBytes());

        Assert.That(read.IsSignedIn, Is.False);
        Assert.That(read.HasKey(2), Is.False);
    }

    [Test]
    public void Parse_WhenCutAnywhere_Throws()
    {
        var bytes = Sample().ToBytes();
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.That(() => TelegramSession.Parse(cut), Throws.TypeOf<TelegramSessionException>(), $"{length} bytes");
        }
    }

    [Test]
    public void Parse_WhenAnyByteIsChanged_Throws()
    {
        var bytes = Sample().ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 0x20;
            Assert.That(() => TelegramSession.Parse(changed), Throws.TypeOf<TelegramSessionException>(), $"byte {i}");
        }
    }

    [Test]
    public void Parse_WhenTheBodyIsGarbageUnderARightChecksum_ThrowsOrReads()
    {
        var random = new SeededRandom(11);
        var template = Sample().ToBytes();
        var outcomes = new HashSet<bool>();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = template.ToArray();
            var noise = new byte[9];
            random.Fill(noise);
            for (var i = 0; i < 8; i += 2)
            {
                bytes[24 + (((noise[i] << 8) | noise[i + 1]) % (bytes.Length - 24))] = noise[8];
            }

            SHA256.HashData(bytes.AsSpan(24))[..16].CopyTo(bytes, 8);
            outcomes.Add(IsReadable(bytes));
        }

        Assert.That(outcomes, Is.EquivalentTo(new[] { true, false }), "both happen, and nothing else");
    }

    [Test]
    public void Parse_WhenTooLong_Throws() =>
        Assert.That(() => TelegramSession.Parse(new byte[1 << 20]), Throws.TypeOf<TelegramSessionException>());

    [Test]
    public void Parse_WhenOfAnotherVersion_SaysSo()
    {
        var bytes = Sample().ToBytes();
        bytes[4] = 99;

        Assert.That(() => TelegramSession.Parse(bytes), Throws.TypeOf<TelegramSessionException>().With.Message.Contains("version"));
    }

    [Test]
    public void ToString_WhenSignedIn_NamesNoSecret() =>
        Assert.That(Sample().ToString(), Is.EqualTo("TelegramSession { DataCenterId = 4, IsSignedIn = True }"));

    [Test]
    public void WithoutUser_WhenSignedOut_KeepsTheOwnKeyOnly()
    {
        var session = Sample().WithoutUser();

        Assert.That(session.IsSignedIn, Is.False);
        Assert.That(session.Keys.Keys, Is.EqualTo(new[] { 4 }));
        Assert.That(session.KeyOf(4)!.SignedIn, Is.False);
    }

    [Test]
    public void Ended_WhenTelegramEndedIt_KeepsNoKey() => Assert.That(Sample().Ended().Keys, Is.Empty);

    private static bool IsReadable(byte[] bytes)
    {
        try
        {
            TelegramSession.Parse(bytes);
            return true;
        }
        catch (TelegramSessionException)
        {
            return false;
        }
    }

    private static TelegramSession Sample()
    {
        var since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        ServerSalt[] salts = [new(1, DateTimeOffset.MinValue, since), new(-2, since, DateTimeOffset.MaxValue)];
        return TelegramSession.New(4)
            .WithKey(2, Key(0), new ClientSessionState([], TimeSpan.Zero))
            .WithKey(4, Key(1), new ClientSessionState(salts, TimeSpan.FromSeconds(-42)))
            .WithSignIn(4, 123456789012L);
    }

    private static AuthKey Key(byte first)
    {
        var bytes = new byte[AuthKey.Size];
        new SeededRandom(first + 1u).Fill(bytes);
        bytes[0] = first;
        return new AuthKey(bytes);
    }
}
