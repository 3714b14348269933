using Telegram.Mtproto.Proxies;

namespace Telegram.Mtproto.Tests.Proxies;

/// <summary>Greetings whose digests were computed elsewhere: with Python's hmac module, over bytes put together by hand.</summary>
internal static class FakeTlsVectors
{
    /// <summary>Seed of the random source that the client's greeting of these vectors is made with.</summary>
    public const int Seed = 60;

    public static DateTimeOffset Time { get; } = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    public static ProxySecret Secret { get; } = ProxySecret.Parse("ee00112233445566778899aabbccddeeff7777772e6578616d706c652e636f6d");

    /// <summary>The random bytes of the client's greeting: its digest, with the time.</summary>
    public static byte[] ClientRandom { get; } = Hex.Bytes("e55c9cc8a9156ed71c358765bbb9136998cd54b5dcbe53fed594fe062968cf9f");

    /// <summary>A server's answer to the client's greeting.</summary>
    public static byte[] Answer() => Hex.Bytes("""
        160303007a 02000076 0303 8f2025c873f7a3bc92fcdf65269203a57787d982ef3fc916c7d3babc0874f56c
        20 c09ec4ce0fc4a9396c8fc50cbe9630b8eca502484b60dedf747166bfb9d8df1b 1301 00 002e
        0033 0024 001d 0020 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 002b 0002 0304
        140303000101
        1703030020 6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283
        """);

    /// <summary>A greeting of another client, much shorter than ours, made at <see cref="Time"/>.</summary>
    public static byte[] ForeignHello() => Hex.Bytes("""
        160301004f 0100004b 0303 de66cf2a326bfb161c70adec6149993df1fd44352563514812392a7967da99a3
        20 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 0002 1301 0100 0000
        """);

    public static byte[] Hello(DateTimeOffset time, int seed = Seed, ProxySecret? secret = null)
    {
        var hello = new byte[FakeTlsClientHandshake.HelloLength];
        new FakeTlsClientHandshake(secret ?? Secret, new SeededRandomSource(seed)).Start(hello, time);
        return hello;
    }
}
