using System.Net;
using Telegram.Mtproto.Crypto;

namespace Telegram.Client.Tests;

internal static class TestOptions
{
    public static DataCenterAddress Address(int port, int dataCenter = 2) => new(dataCenter, new IPEndPoint(IPAddress.Loopback, port));

    public static TelegramClientOptions Make(TimeProvider? time = null) => new()
    {
        ApiId = 1,
        ApiHash = "0123456789abcdef0123456789abcdef",
        DataCenters = DataCenterTable.Custom([Address(1)], [TelegramPublicKeys.Test.ToPem()]),
        TimeProvider = time ?? TimeProvider.System,
        Random = new SeededRandom(5),
    };
}
