using Crm.Application.Imports;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;

namespace Crm.Application.Tests.Imports;

public sealed class HolesTests
{
    private const long Dialog = 100;

    [TestCase("", 0, 0, TestName = "FindNewest_WhenNothingIsStored_BeginsAtTheNewest")]
    [TestCase("301-400", 301, 0, TestName = "FindNewest_WhenTheBeginningIsMissing_GoesDownToTheFirst")]
    [TestCase("301-400 1-100", 301, 100, TestName = "FindNewest_WhenAHoleIsBetween_StopsAtWhatIsStored")]
    [TestCase("301-400 150-200 1-100", 301, 200, TestName = "FindNewest_WhenThereAreHoles_TakesTheNewest")]
    [TestCase("2-400", 2, 0, TestName = "FindNewest_WhenOneMessageIsMissing_FindsIt")]
    public void FindNewest_WhenSomethingIsMissing_NamesIt(string stored, int below, int above) =>
        Assert.That(Holes.FindNewest(Ranges(stored)), Is.EqualTo(new HistorySlice(below, above)));

    [Test]
    public void FindNewest_WhenAllIsStored_IsNull() => Assert.That(Holes.FindNewest(Ranges("1-400")), Is.Null);

    [TestCase("", 0)]
    [TestCase("301-400 1-100", 400)]
    public void Top_WhenAsked_IsAboveTheNewestStored(string stored, int above) =>
        Assert.That(Holes.Top(Ranges(stored)), Is.EqualTo(new HistorySlice(0, above)));

    [TestCase(0, 0, "310-399", false, "310-399", TestName = "CoveredBy_WhenItIsTheNewestPage_EndsAtItsHighest")]
    [TestCase(301, 0, "210-290", false, "210-300", TestName = "CoveredBy_WhenItIsAnOlderPage_EndsWhereItWasAskedFor")]
    [TestCase(301, 0, "210-290", true, "1-300", TestName = "CoveredBy_WhenItReachesTheStart_BeginsAtTheFirst")]
    [TestCase(301, 200, "210-290", false, "210-300", TestName = "CoveredBy_WhenAHoleIsNotClosed_BeginsAtItsLowest")]
    [TestCase(301, 200, "", true, "201-300", TestName = "CoveredBy_WhenAHoleIsEmpty_ClosesIt")]
    [TestCase(301, 200, "150-290", false, "201-300", TestName = "CoveredBy_WhenABoundIsIgnored_StaysWithinTheHole")]
    [TestCase(0, 400, "", true, null, TestName = "CoveredBy_WhenNothingIsNewer_IsNull")]
    [TestCase(0, 0, "", true, null, TestName = "CoveredBy_WhenTheDialogIsEmpty_IsNull")]
    public void CoveredBy_WhenAPageCame_IsWhatIsKnown(int below, int above, string page, bool reachedStart, string? covered)
    {
        var ids = Ranges(page).SingleOrDefault();
        var answer = new HistoryPage([], [], ids?.FromId, reachedStart) { HighestId = ids?.ToId };

        var range = Holes.CoveredBy(Dialog, new HistorySlice(below, above), answer);

        Assert.That(range, Is.EqualTo(covered is null ? null : Ranges(covered).Single()));
    }

    [TestCase(301, 300, true)]
    [TestCase(301, 301, false)]
    [TestCase(0, 301, true)]
    [TestCase(301, null, true)]
    public void IsProgress_WhenAPageCame_SaysWhetherItLeadsOn(int below, int? lowest, bool expected) =>
        Assert.That(Holes.IsProgress(new HistorySlice(below), new HistoryPage([], [], lowest, false)), Is.EqualTo(expected));

    [TestCase("301-400", 301, 0, "210-290", false, 210, 0, TestName = "FindNext_WhenAPageIsToBeStored_GoesOnBelowIt")]
    [TestCase("", 0, 0, "310-399", false, 310, 0, TestName = "FindNext_WhenItIsTheFirstPage_GoesOnBelowIt")]
    [TestCase("301-400 150-200", 301, 200, "150-290", false, 150, 0, TestName = "FindNext_WhenThePageClosesAHole_TakesTheNextHole")]
    [TestCase("301-400 150-200", 301, 200, "250-290", false, 250, 200, TestName = "FindNext_WhenAHoleIsNotClosed_StaysInIt")]
    public void FindNext_WhenAPageIsToBeStored_IsWhatWillBeMissing(
        string stored, int below, int above, string page, bool reachedStart, int nextBelow, int nextAbove) =>
        Assert.That(Next(stored, below, above, page, reachedStart), Is.EqualTo(new HistorySlice(nextBelow, nextAbove)));

    [TestCase("301-400", 301, 0, "1-300", true, TestName = "FindNext_WhenThePageReachesTheStart_IsNull")]
    [TestCase("301-400 1-200", 301, 200, "150-290", false, TestName = "FindNext_WhenThePageClosesTheLastHole_IsNull")]
    [TestCase("1-400", 0, 400, "", true, TestName = "FindNext_WhenNothingIsNewer_IsNull")]
    public void FindNext_WhenNothingWillBeMissing_IsNull(string stored, int below, int above, string page, bool reachedStart) =>
        Assert.That(Next(stored, below, above, page, reachedStart), Is.Null);

    private static HistorySlice? Next(string stored, int below, int above, string page, bool reachedStart)
    {
        var ids = Ranges(page).SingleOrDefault();
        var answer = new HistoryPage([], [], ids?.FromId, reachedStart) { HighestId = ids?.ToId };
        return Holes.FindNext(Ranges(stored), new FetchedPage(Dialog, new HistorySlice(below, above), answer, Stream: null, TimeSpan.Zero));
    }

    private static CoveredRange[] Ranges(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(range => range.Split('-').Select(int.Parse).ToArray())
            .Select(bounds => new CoveredRange(Dialog, bounds[0], bounds[1])),
    ];
}
