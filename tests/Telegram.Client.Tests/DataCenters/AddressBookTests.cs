using System.Net;
using Telegram.Mtproto.Crypto;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.DataCenters;

public sealed class AddressBookTests
{
    private static readonly DataCenterAddress First = new(2, new IPEndPoint(IPAddress.Loopback, 1));
    private static readonly DataCenterAddress Second = new(2, new IPEndPoint(IPAddress.IPv6Loopback, 2));
    private static readonly DataCenterAddress Media = new(2, new IPEndPoint(IPAddress.Loopback, 3), MediaOnly: true);

    [Test]
    public void AddressesOf_WhenNothingIsKnownYet_AreTheTables() =>
        Assert.That(Book().AddressesOf(2), Is.EqualTo(new[] { First, Second }));

    [Test]
    public void Confirm_WhenAnAddressWorked_PutsItFirst()
    {
        var book = Book();

        book.Confirm(Second);

        Assert.That(book.AddressesOf(2), Is.EqualTo(new[] { Second, First }));
    }

    [Test]
    public void Learn_WhenTelegramTellsAddresses_AddsThemBehindTheOwn()
    {
        var book = Book();

        book.Learn([Option(2, "10.0.0.1"), Option(5, "10.0.0.5")]);
        book.Learn([Option(2, "10.0.0.2")]);

        Assert.That(book.AddressesOf(2).Select(address => address.EndPoint.Address.ToString()), Is.EqualTo(new[] { "127.0.0.1", "::1", "10.0.0.2" }));
        Assert.That(book.Contains(5), Is.False, "what was learnt is replaced by what is learnt later");
    }

    [Test]
    public void Learn_WhenAnAddressIsOfNoUse_LeavesItOut()
    {
        var book = Book();

        book.Learn(
        [
            Option(2, "not an address"), Option(0, "10.0.0.1"), Option(-2, "10.0.0.1"), Option(2, "10.0.0.1", 0), Option(2, "10.0.0.1", 70000),
            new DcOption { Id = 2, IpAddress = "10.0.0.1", Port = 443, Cdn = true },
            new DcOption { Id = 2, IpAddress = "10.0.0.1", Port = 443, MediaOnly = true },
            new DcOption { Id = 2, IpAddress = "10.0.0.1", Port = 443, Secret = [1] },
        ]);

        Assert.That(book.AddressesOf(2), Is.EqualTo(new[] { First, Second }));
    }

    [Test]
    public void Learn_WhenToldWithoutEnd_KeepsALimitedNumber()
    {
        var book = Book();

        book.Learn(Enumerable.Range(0, 100_000).Select(i => Option(2, new IPAddress(i + 1L).ToString())));

        Assert.That(book.AddressesOf(2), Has.Count.LessThan(200));
    }

    [TestCase(true, 3)]
    [TestCase(false, 2)]
    public void Learn_WhenAnAddressWantsObfuscation_IsUsedOnlyWithIt(bool obfuscated, int count)
    {
        var book = Book(obfuscated);

        book.Learn([new DcOption { Id = 2, IpAddress = "10.0.0.1", Port = 443, TcpoOnly = true }]);

        Assert.That(book.AddressesOf(2), Has.Count.EqualTo(count));
    }

    private static DcOption Option(int id, string address, int port = 443) => new() { Id = id, IpAddress = address, Port = port };

    private static AddressBook Book(bool obfuscated = true) =>
        new(DataCenterTable.Custom([First, Second, Media], [TelegramPublicKeys.Test.ToPem()]), obfuscated);
}
