using Crm.Application.Ports.Telegram;
using Crm.Infrastructure.Telegram.Reading;
using Telegram.Tl.Types;

namespace Crm.Infrastructure.Tests.Telegram.Reading;

public sealed class HistoryReaderTests
{
    [TestCase(5, 100, 95, false, true, TestName = "ToPage_WhenItIsTheLastByItsPlace_ReachesTheStart")]
    [TestCase(5, 100, 94, false, false, TestName = "ToPage_WhenItIsShortInTheMiddle_DoesNotReachTheStart")]
    [TestCase(5, 100, 95, true, false, TestName = "ToPage_WhenTheCountIsInexact_DoesNotReachTheStart")]
    [TestCase(5, 100, null, false, false, TestName = "ToPage_WhenItsPlaceIsUnknown_DoesNotReachTheStart")]
    [TestCase(0, 100, 100, false, true, TestName = "ToPage_WhenItIsEmpty_ReachesTheStart")]
    public void ToPage_WhenASliceCame_SaysWhetherItReachesTheStart(int length, int count, int? place, bool inexact, bool expected)
    {
        var page = HistoryReader.ToPage(new HistorySlice(50), Slice(length, count, place, inexact));

        Assert.That(page.ReachedStart, Is.EqualTo(expected));
    }

    [Test]
    public void ToPage_WhenABoundCutTheSlice_DoesNotReachTheStart() =>
        Assert.That(HistoryReader.ToPage(new HistorySlice(50, 10), Slice(5, 100, 95, inexact: false)).ReachedStart, Is.False);

    [Test]
    public void ToPage_WhenThereAreServiceMessagesOnly_StillSpeaksOfTheirIds()
    {
        var page = HistoryReader.ToPage(new HistorySlice(), Slice(5, 100, 0, inexact: false));

        Assert.That(page.Messages, Is.Empty);
        Assert.That(
            (page.LowestId, page.HighestId, page.OldestDate, page.Total, page.Older),
            Is.EqualTo(((int?)11, (int?)15, (long?)1_011, (int?)100, (int?)95)));
    }

    private static MessagesMessagesSlice Slice(int length, int count, int? place, bool inexact) => new()
    {
        Inexact = inexact,
        Count = count,
        OffsetIdOffset = place,
        Messages =
        [
            .. Enumerable.Range(0, length).Select(index => new MessageService
            {
                Id = 15 - index,
                PeerId = new PeerUser { UserId = 100 },
                Date = 1_015 - index,
                Action = new MessageActionHistoryClear(),
            }),
        ],
        Topics = [],
        Chats = [],
        Users = [],
    };
}
