using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Tests.World;

/// <summary>Paging against a model that first writes the whole history out.</summary>
internal sealed class HistoryPageTests
{
    [Test]
    public void Select_WithEveryMixOfOffsets_EqualsTheMaterialisedModel([Range(0, 7)] int seed)
    {
        var (history, model) = DialogHistoryTests.Make(computed: 9 + seed, added: seed, seed);
        int[] ids = [0, 1, 3, 10, 11, 31, 66, 67, 500, int.MaxValue];
        foreach (var offsetId in ids)
        {
            foreach (var offsetDate in new[] { 0, 1, 5, 14, 1000 })
            {
                foreach (var addOffset in new[] { 0, 1, 4, 50, -1, -3, -100, int.MinValue })
                {
                    foreach (var limit in new[] { 0, 1, 4, 100 })
                    {
                        Compare(history, model, new HistoryOffsets(offsetId, offsetDate, addOffset, limit, MaxId: 0, MinId: 0));
                        Compare(history, model, new HistoryOffsets(offsetId, offsetDate, addOffset, limit, MaxId: 45, MinId: 17));
                    }
                }
            }
        }
    }

    [Test]
    public void Select_WhenPagedByTheLastIdWithOrWithoutItsDate_VisitsEveryMessageOnceAndEnds(
        [Values(1, 3, 100)] int limit, [Values] bool withDate)
    {
        var (history, model) = DialogHistoryTests.Make(computed: 50, added: 20, seed: 3);
        var seen = new List<int>();
        for (var offsetId = 0; ;)
        {
            var offsets = new HistoryOffsets(offsetId, withDate ? offsetId / 4 : 0, 0, limit, 0, 0);
            var page = HistoryPage.Select(history, offsets, id => id / 4);
            if (page.Ids.Count == 0)
            {
                break;
            }

            seen.AddRange(page.Ids);
            offsetId = page.Ids[^1];
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Reverse(model)));
    }

    // Dates repeat: four ids share one.
    private static void Compare(DialogHistory history, List<int> model, HistoryOffsets offsets)
    {
        var newestFirst = Enumerable.Reverse(model).ToList();
        var start = offsets.OffsetId > 0 ? newestFirst.Count(id => id >= offsets.OffsetId) : 0;
        if (offsets is { OffsetId: 0, OffsetDate: > 0 })
        {
            start = newestFirst.Count(id => id / 4 >= offsets.OffsetDate);
        }

        var window = newestFirst.Where((_, index) => index >= (long)start + offsets.AddOffset && index < (long)start + offsets.AddOffset + offsets.Limit);
        var expected = window.Where(id => (offsets.MaxId == 0 || id < offsets.MaxId) && (offsets.MinId == 0 || id > offsets.MinId));

        var page = HistoryPage.Select(history, offsets, id => id / 4);

        Assert.That(page.Ids, Is.EqualTo(expected), offsets.ToString());
    }
}
