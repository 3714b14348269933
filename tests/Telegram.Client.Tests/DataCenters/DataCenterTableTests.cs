using System.Net;

namespace Telegram.Client.Tests.DataCenters;

public sealed class DataCenterTableTests
{
    [Test]
    public void Production_WhenAskedForEachDataCenter_HasBothAddressFamilies()
    {
        for (var dataCenter = 1; dataCenter <= 5; dataCenter++)
        {
            var families = DataCenterTable.Production.AddressesOf(dataCenter).Select(address => address.EndPoint.AddressFamily).Distinct();
            Assert.That(families.Count(), Is.EqualTo(2), $"data centre {dataCenter}");
        }

        Assert.That(DataCenterTable.Production.AddressesOf(6), Is.Empty);
        Assert.That(unchecked((ulong)DataCenterTable.Production.Keys.Single().Fingerprint), Is.EqualTo(0xd09d1d85de64fd85));
    }

    [Test]
    public void Test_WhenUsed_IsMarkedAndHasItsOwnKey()
    {
        Assert.That(DataCenterTable.Test.IsTest, Is.True);
        Assert.That(unchecked((ulong)DataCenterTable.Test.Keys.Single().Fingerprint), Is.EqualTo(0xb25898df208d2603));
        Assert.That(DataCenterTable.Test.AddressesOf(4), Is.Empty);
    }

    [TestCase(0, 443)]
    [TestCase(1001, 443)]
    [TestCase(2, 0)]
    public void Custom_WhenAnAddressIsImpossible_Throws(int dataCenter, int port) =>
        Assert.That(() => Custom(new DataCenterAddress(dataCenter, new IPEndPoint(IPAddress.Loopback, port))), Throws.ArgumentException);

    [Test]
    public void Custom_WhenTheDefaultHasNoAddress_Throws() =>
        Assert.That(() => Custom(Address(3)), Throws.ArgumentException);

    [Test]
    public void Custom_WhenTheDefaultHasOnlyMedia_Throws() =>
        Assert.That(() => Custom(Address(2) with { MediaOnly = true }), Throws.ArgumentException);

    [Test]
    public void Custom_WhenAKeyIsNone_Throws() =>
        Assert.That(() => DataCenterTable.Custom([Address(2)], ["no key"]), Throws.ArgumentException);

    [Test]
    public void Custom_WhenThereIsNoKey_Throws() =>
        Assert.That(() => DataCenterTable.Custom([Address(2)], []), Throws.ArgumentException);

    [Test]
    public void Custom_WhenRight_KeepsTheAddressesInOrder()
    {
        var table = Custom(Address(2, 1), Address(2, 2), Address(1, 3));

        Assert.That(table.AddressesOf(2).Select(address => address.EndPoint.Port), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(table.DefaultDataCenter, Is.EqualTo(2));
    }

    private static DataCenterAddress Address(int dataCenter, int port = 443) => new(dataCenter, new IPEndPoint(IPAddress.Loopback, port));

    private static DataCenterTable Custom(params DataCenterAddress[] addresses) =>
        DataCenterTable.Custom(addresses, [Mtproto.Crypto.TelegramPublicKeys.Test.ToPem()]);
}
