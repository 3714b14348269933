using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Peers;

public sealed class PeerKeyTests
{
    [TestCase(PeerKind.User, 1L, 1L)]
    [TestCase(PeerKind.User, 1_099_511_627_775L, 1_099_511_627_775L)]
    [TestCase(PeerKind.Chat, 5L, -5L)]
    [TestCase(PeerKind.Chat, 999_999_999_999L, -999_999_999_999L)]
    [TestCase(PeerKind.Channel, 1L, -1_000_000_000_001L)]
    [TestCase(PeerKind.Channel, 1_234_567_890L, -1_001_234_567_890L)]
    [TestCase(PeerKind.Channel, 997_852_516_352L, -1_997_852_516_352L)]
    [TestCase(PeerKind.Channel, 3_000_000_000_000L, -4_000_000_000_000L)]
    public void ToMarkedId_WhenParsedAgain_IsTheSamePeer(PeerKind kind, long id, long marked)
    {
        var peer = new PeerKey(kind, id);

        Assert.That(peer.ToMarkedId(), Is.EqualTo(marked));
        Assert.That(PeerKey.TryParseMarkedId(marked, out var parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(peer));
    }

    [TestCase(0)]
    [TestCase(1_099_511_627_776L)]
    [TestCase(-1_000_000_000_000L)]
    [TestCase(-1_997_852_516_353L)]
    [TestCase(-2_000_000_000_000L)]
    [TestCase(-4_000_000_000_001L)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    public void TryParseMarkedId_WhenOutOfEveryRange_IsFalse(long marked) =>
        Assert.That(PeerKey.TryParseMarkedId(marked, out _), Is.False);

    [TestCase(PeerKind.User)]
    [TestCase(PeerKind.Chat)]
    [TestCase(PeerKind.Channel)]
    public void From_WhenMadeIntoAPeer_GivesTheKeyBack(PeerKind kind)
    {
        var key = new PeerKey(kind, 42);

        Assert.That(PeerKey.From(key.ToPeer()), Is.EqualTo(key));
    }

    [Test]
    public void ToInputPeer_WhenKindNeedsAHash_CarriesIt()
    {
        Assert.That(((InputPeerUser)new PeerKey(PeerKind.User, 1).ToInputPeer(9)).AccessHash, Is.EqualTo(9));
        Assert.That(((InputPeerChannel)new PeerKey(PeerKind.Channel, 1).ToInputPeer(9)).AccessHash, Is.EqualTo(9));
        Assert.That(((InputPeerChat)new PeerKey(PeerKind.Chat, 1).ToInputPeer(9)).ChatId, Is.EqualTo(1));
        Assert.That(((InputUser)new PeerKey(PeerKind.User, 1).ToInputUser(9)).AccessHash, Is.EqualTo(9));
        Assert.That(((InputChannel)new PeerKey(PeerKind.Channel, 1).ToInputChannel(9)).AccessHash, Is.EqualTo(9));
    }

    [Test]
    public void ToInputUser_WhenNotAUser_Throws()
    {
        Assert.That(() => new PeerKey(PeerKind.Chat, 1).ToInputUser(0), Throws.InvalidOperationException);
        Assert.That(() => new PeerKey(PeerKind.User, 1).ToInputChannel(0), Throws.InvalidOperationException);
    }
}
