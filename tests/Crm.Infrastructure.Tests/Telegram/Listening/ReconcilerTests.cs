using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Dialogs;
using Crm.Infrastructure.Telegram.Listening;

namespace Crm.Infrastructure.Tests.Telegram.Listening;

public sealed class ReconcilerTests
{
    private const long Since = 1_000;

    [TestCase(50, 2_000, 50, true, false, TestName = "FindBehind_WhenTheTopIsStored_IsNot")]
    [TestCase(51, 2_000, 50, true, true, TestName = "FindBehind_WhenTheTopIsNewer_IsBehind")]
    [TestCase(50, 2_000, 50, false, true, TestName = "FindBehind_WhenSomethingMayBeMissingBelow_IsBehind")]
    [TestCase(51, 999, 50, true, false, TestName = "FindBehind_WhenItWasSaidBeforeListening_IsNot")]
    [TestCase(51, 2_000, null, true, true, TestName = "FindBehind_WhenNothingIsStored_IsBehind")]
    [TestCase(0, 0, null, true, false, TestName = "FindBehind_WhenTheDialogIsEmpty_IsNot")]
    public void FindBehind_WhenCompared_Says(int topId, long topDate, int? storedTo, bool isComplete, bool expected)
    {
        var dialog = new TelegramDialog(new TelegramPeer(100, DialogType.User, "", null, null, 1), 0, null) { TopId = topId, TopDate = topDate };
        CoveredTop[] tops = storedTo is { } to ? [new CoveredTop(100, to, isComplete)] : [];

        Assert.That(Reconciler.FindBehind([dialog], tops, Since).Count == 1, Is.EqualTo(expected));
    }
}
