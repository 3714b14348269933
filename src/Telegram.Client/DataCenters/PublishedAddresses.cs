using System.Net;

namespace Telegram.Client;

/// <summary>The entry points Telegram publishes (my.telegram.org, help.getConfig): enough to reach it and to learn the rest.</summary>
internal static class PublishedAddresses
{
    public const int DefaultDataCenter = 2;

    private const int Port = 443;

    public static IEnumerable<DataCenterAddress> Production { get; } =
    [
        Address(1, "149.154.175.50"), Address(1, "2001:b28:f23d:f001::a"),
        Address(2, "149.154.167.51"), Address(2, "2001:67c:4e8:f002::a"), Address(2, "149.154.167.50"),
        Address(3, "149.154.175.100"), Address(3, "2001:b28:f23d:f003::a"),
        Address(4, "149.154.167.91"), Address(4, "2001:67c:4e8:f004::a"),
        Address(5, "149.154.171.5"), Address(5, "2001:b28:f23f:f005::a"), Address(5, "91.108.56.130"),
    ];

    public static IEnumerable<DataCenterAddress> Test { get; } =
    [
        Address(1, "149.154.175.10"), Address(1, "2001:b28:f23d:f001::e"),
        Address(2, "149.154.167.40"), Address(2, "2001:67c:4e8:f002::e"),
        Address(3, "149.154.175.117"), Address(3, "2001:b28:f23d:f003::e"),
    ];

    private static DataCenterAddress Address(int dataCenter, string address) => new(dataCenter, new IPEndPoint(IPAddress.Parse(address), Port));
}
