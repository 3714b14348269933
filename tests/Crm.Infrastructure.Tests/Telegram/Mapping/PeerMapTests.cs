using Crm.Domain.Dialogs;
using Crm.Infrastructure.Telegram.Mapping;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Tests.Telegram.Mapping;

public sealed class PeerMapTests
{
    [Test]
    public void Map_WhenAUserIsNamed_KeepsWhatAddressesIt()
    {
        var user = new User { Id = 3, AccessHash = 11, FirstName = "Анна", LastName = "Lee", Username = "anna", Phone = "79990000003" };

        var peer = PeerMap.Map([user], []).Single();

        Assert.Multiple(() =>
        {
            Assert.That(peer.DialogId, Is.EqualTo(3));
            Assert.That(peer.Type, Is.EqualTo(DialogType.User));
            Assert.That(peer.Title, Is.EqualTo("Анна Lee"));
            Assert.That(peer.Username, Is.EqualTo("anna"));
            Assert.That(peer.Phone, Is.EqualTo("79990000003"));
            Assert.That(peer.AccessHash, Is.EqualTo(11));
        });
    }

    [Test]
    public void Map_WhenAUserIsMin_OffersNoAccessHash() =>
        Assert.That(PeerMap.Map([new User { Id = 3, Min = true, AccessHash = 11 }], []).Single().AccessHash, Is.Null);

    [Test]
    public void Merge_WhenAPeerIsNamedAgain_IsAsNamedLastAndKeepsItsHash()
    {
        var whole = new User { Id = 3, AccessHash = 11, FirstName = "Anna", Phone = "79990000003" };
        var other = new User { Id = 4, AccessHash = 12, FirstName = "Boris" };
        var again = new User { Id = 3, Min = true, AccessHash = 99, FirstName = "Anna Lee" };

        var peers = PeerMap.Merge(PeerMap.Map([whole, other, again], []));

        Assert.That(
            peers.Select(peer => (peer.DialogId, peer.Title, peer.Phone, peer.AccessHash)),
            Is.EqualTo(new (long, string, string?, long?)[] { (3, "Anna Lee", "79990000003", 11), (4, "Boris", null, 12) }));
    }

    [Test]
    public void Map_WhenTheUsernameIsOneOfSeveral_TakesTheActiveOne()
    {
        var user = new User
        {
            Id = 3,
            Usernames = [new Username { UsernameValue = "old" }, new Username { UsernameValue = "new", Active = true }],
        };

        Assert.That(PeerMap.Map([user], []).Single().Username, Is.EqualTo("new"));
    }

    [Test]
    public void Map_WhenGroupsAndChannelsAreNamed_MarksTheirIds()
    {
        var peers = PeerMap.Map(
            [],
            [
                new ChatForbidden { Id = 7, Title = "group" },
                new ChannelForbidden { Id = 8, AccessHash = 12, Title = "supergroup", Megagroup = true },
                new ChannelForbidden { Id = 9, AccessHash = 13, Title = "channel", Broadcast = true },
                new ChatEmpty { Id = 10 },
            ]);

        Assert.That(
            peers.Select(peer => (peer.DialogId, peer.Type)),
            Is.EqualTo(new[]
            {
                (-7L, DialogType.Group), (-1_000_000_000_008L, DialogType.Group), (-1_000_000_000_009L, DialogType.Channel),
            }));
    }
}
