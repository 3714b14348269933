namespace Telegram.Client.Tests.Sessions;

public sealed class SessionKeeperTests
{
    [Test]
    public async Task ChangeAsync_WhenChangesOverlap_StoresThemOneAfterTheOther()
    {
        var stored = new List<int>();
        var running = 0;
        using var keeper = new SessionKeeper(TelegramSession.New(1), async (session, _) =>
        {
            Assert.That(Interlocked.Increment(ref running), Is.EqualTo(1));
            await Task.Yield();
            stored.Add(session.DataCenterId);
            Interlocked.Decrement(ref running);
        });

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => keeper.ChangeAsync(s => s.WithDataCenter(s.DataCenterId + 1), default)));

        Assert.That(stored, Is.EqualTo(Enumerable.Range(2, 50)));
        Assert.That(keeper.Current.DataCenterId, Is.EqualTo(51));
    }

    [Test]
    public void ChangeAsync_WhenStoringFails_DoesNotCount()
    {
        using var keeper = new SessionKeeper(TelegramSession.New(1), (_, _) => throw new IOException("full"));

        Assert.That(() => keeper.ChangeAsync(s => s.WithDataCenter(2), default), Throws.TypeOf<IOException>());
        Assert.That(keeper.Current.DataCenterId, Is.EqualTo(1));
    }

    [Test]
    public async Task ChangeAsync_WhenNothingChanges_StoresNothing()
    {
        using var keeper = new SessionKeeper(TelegramSession.New(1), (_, _) => throw new IOException("full"));

        await keeper.ChangeAsync(session => session, default);
    }
}
