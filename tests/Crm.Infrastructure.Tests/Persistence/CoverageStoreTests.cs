using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class CoverageStoreTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    [TestCase("10-20 30-40", "30-40 10-20", TestName = "Ingest_WhenRangesLieApart_KeepsBoth")]
    [TestCase("10-20 21-30", "10-30", TestName = "Ingest_WhenRangesTouch_JoinsThem")]
    [TestCase("21-30 10-20", "10-30", TestName = "Ingest_WhenRangesTouchFromBelow_JoinsThem")]
    [TestCase("10-20 15-30", "10-30", TestName = "Ingest_WhenRangesOverlap_JoinsThem")]
    [TestCase("10-40 20-30", "10-40", TestName = "Ingest_WhenARangeIsWithinAnother_ChangesNothing")]
    [TestCase("20-30 10-40", "10-40", TestName = "Ingest_WhenARangeHoldsAnother_ReplacesIt")]
    [TestCase("1-5 11-15 21-25 6-20", "1-25", TestName = "Ingest_WhenARangeFillsHoles_JoinsAllItTouches")]
    [TestCase("10-20 22-30", "22-30 10-20", TestName = "Ingest_WhenOneIdIsMissingBetween_KeepsBoth")]
    [TestCase("1-2147483647 5-2147483647", "1-2147483647", TestName = "Ingest_WhenARangeEndsAtTheHighestId_DoesNotOverflow")]
    public async Task Ingest_WhenARangeIsCovered_Merges(string ranges, string merged)
    {
        foreach (var range in ranges.Split(' ').Select(Parse))
        {
            await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Covered = range }, default);
        }

        var listed = await Stores.Coverage.ListAsync(Connection.Id, 100, default);

        Assert.That(string.Join(' ', listed.Select(range => $"{range.FromId}-{range.ToId}")), Is.EqualTo(merged));
    }

    [Test]
    public async Task ListAsync_WhenOtherDialogsAndConnectionsAreCovered_AnswersNoneOfTheirs()
    {
        var other = await Stores.AddAuthorizedAsync();
        await Stores.Messages.IngestAsync(new IngestBatch(other.Id) { Covered = new CoveredRange(100, 1, 10) }, default);
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Covered = new CoveredRange(200, 1, 10) }, default);

        Assert.That(await Stores.Coverage.ListAsync(Connection.Id, 100, default), Is.Empty);
    }

    private static CoveredRange Parse(string text)
    {
        var bounds = text.Split('-').Select(int.Parse).ToArray();
        return new CoveredRange(100, bounds[0], bounds[1]);
    }
}
