using Crm.Domain.Dialogs;

namespace Crm.Domain.Tests.Dialogs;

public sealed class DialogIdTests
{
    [TestCase(1L, DialogKind.User, 1L)]
    [TestCase(1099511627775L, DialogKind.User, 1099511627775L)]
    [TestCase(-1L, DialogKind.Chat, 1L)]
    [TestCase(-999999999999L, DialogKind.Chat, 999999999999L)]
    [TestCase(-1000000000001L, DialogKind.Channel, 1L)]
    [TestCase(-1001234567890L, DialogKind.Channel, 1234567890L)]
    [TestCase(-1997852516352L, DialogKind.Channel, 997852516352L)]
    public void TryCreate_WhenItIsMarked_KnowsWhatItStandsFor(long value, DialogKind kind, long bareId)
    {
        Assert.That(DialogId.TryCreate(value, out var id), Is.True);
        Assert.That((id.Value, id.Kind, id.BareId), Is.EqualTo((value, kind, bareId)));
        var made = kind switch
        {
            DialogKind.User => DialogId.FromUser(bareId),
            DialogKind.Chat => DialogId.FromChat(bareId),
            _ => DialogId.FromChannel(bareId),
        };
        Assert.That(made, Is.EqualTo(id));
    }

    [TestCase(0L)]
    [TestCase(1099511627776L)]
    [TestCase(1_000_000_000_000_000L)]
    [TestCase(-1000000000000L)]
    [TestCase(-1997852516353L)]
    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    public void TryCreate_WhenNoDialogCanHaveIt_Refuses(long value) => Assert.That(DialogId.TryCreate(value, out _), Is.False);

    [Test]
    public void FromChannel_WhenTheIdIsOutOfRange_Throws() =>
        Assert.That(() => DialogId.FromChannel(997852516353), Throws.TypeOf<ArgumentOutOfRangeException>());
}
