using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Tests.World;

internal sealed class DialogHistoryTests
{
    private const int Step = 7;

    [TestCase(0, 0)]
    [TestCase(1, 0)]
    [TestCase(0, 5)]
    [TestCase(40, 0)]
    [TestCase(40, 12)]
    public void EveryQuestion_AfterRandomChanges_AnswersAsAPlainListDoes(int computed, int added)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var (history, model) = Make(computed, added, seed);

            Assert.That(history.Count, Is.EqualTo(model.Count));
            Assert.That(Enumerable.Range(0, history.Count).Select(index => history[index]), Is.EqualTo(model));
            for (var id = -1; id <= (model.Count == 0 ? 10 : model[^1] + 3); id++)
            {
                Assert.That(history.CountBelow(id), Is.EqualTo(model.Count(other => other < id)), $"below {id}, seed {seed}");
                Assert.That(history.Contains(id), Is.EqualTo(model.Contains(id)), $"contains {id}, seed {seed}");
            }
        }
    }

    [Test]
    public void Remove_WhenTheMessageIsNotThere_SaysSo()
    {
        var history = new DialogHistory(new IdProgression(3, Step, 4));

        Assert.That(history.Remove(10), Is.True);
        Assert.That(history.Remove(10), Is.False);
        Assert.That(history.Remove(11), Is.False);
        Assert.That(history.Remove(3 + (Step * 4)), Is.False);
        Assert.That(history.Count, Is.EqualTo(3));
    }

    [Test]
    public void CountBefore_WithDatesThatRepeat_CountsOnlyOlderOnes()
    {
        var history = new DialogHistory(new IdProgression(0, 1, 10));

        var before = Enumerable.Range(-1, 8).Select(date => history.CountBefore(date, id => id / 2));

        Assert.That(before, Is.EqualTo(new[] { 0, 0, 2, 4, 6, 8, 10, 10 }));
    }

    [Test]
    public void CountBelow_WithIdsBeyondThirtyTwoBits_CountsAll()
    {
        var history = new DialogHistory(new IdProgression(1, 1, 10));
        history.Add(11);

        Assert.That(history.CountBelow((long)int.MaxValue + 1), Is.EqualTo(11));
    }

    internal static (DialogHistory History, List<int> Model) Make(int computed, int added, int seed)
    {
        var history = new DialogHistory(new IdProgression(3, Step, computed));
        var model = Enumerable.Range(0, computed).Select(row => 3 + (row * Step)).ToList();
        var next = (computed * Step) + 5;
        for (var index = 0; index < added; index++)
        {
            next += 1 + Mix.Pick(3, seed, index);
            history.Add(next);
            model.Add(next);
        }

        for (var removal = 0; model.Count > 0 && removal < Mix.Pick(model.Count + 1, seed, 77); removal++)
        {
            var id = model[Mix.Pick(model.Count, seed, removal, 5)];
            history.Remove(id);
            model.Remove(id);
        }

        return (history, model);
    }
}
