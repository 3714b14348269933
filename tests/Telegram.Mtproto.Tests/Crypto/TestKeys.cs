using Telegram.Mtproto.Crypto;

namespace Telegram.Mtproto.Tests.Crypto;

/// <summary>Keys that are costly to make, one of each for all tests.</summary>
internal static class TestKeys
{
    private static readonly Lazy<RsaPrivateKey> LazyServer = new(RsaPrivateKey.Create);

    public static RsaPrivateKey Server => LazyServer.Value;
}
