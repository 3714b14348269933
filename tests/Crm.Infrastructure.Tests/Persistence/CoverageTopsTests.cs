using Crm.Application.Ports.Storage;
using Crm.Domain.Connections;
using Crm.Infrastructure.Persistence;

namespace Crm.Infrastructure.Tests.Persistence;

/// <summary>Updates that come in sync make a dialog's newest range longer; where something may be missing before them they don't.</summary>
[TestFixtureSource(typeof(StorageProviders), nameof(StorageProviders.All))]
public sealed class CoverageTopsTests(StorageProvider provider) : ConnectedStoreTests(provider)
{
    private const long Dialog = 100;
    private const long Channel = -1000000000001;

    private int _pts;

    [Test]
    public async Task Ingest_WhenTheTopIsFollowed_GrowsWithEachMessage()
    {
        await LiveAsync();
        await ReadTopAsync(1, 20);

        await LiveAsync(25);
        await LiveAsync(31, 33);

        Assert.That(await RangesAsync(), Is.EqualTo("1-33"));
    }

    [Test]
    public async Task Ingest_WhenTheTopWasReadBeforeTheStreamBegan_LeavesAHole()
    {
        await ReadTopAsync(1, 20);

        await LiveAsync(25);
        await LiveAsync(31);

        Assert.That(await RangesAsync(), Is.EqualTo("25-31 1-20"));
        Assert.That(await IsCompleteAsync(), Is.False);
    }

    [Test]
    public async Task Ingest_WhenNothingWasStoredBefore_IsCompleteFromTheFirstMessage()
    {
        await LiveAsync();
        await SettleAsync();
        await LiveAsync(25);
        await LiveAsync(31);

        Assert.That(await RangesAsync(), Is.EqualTo("25-31"));
        Assert.That(await IsCompleteAsync(), Is.True);
    }

    [Test]
    public async Task Ingest_WhenNobodyHasLookedBeforeTheStream_IsNotComplete()
    {
        await LiveAsync(25);

        await SettleAsync();

        Assert.That(await RangesAsync(), Is.EqualTo("25-25"));
        Assert.That(await IsCompleteAsync(), Is.False);
    }

    [Test]
    public async Task Ingest_WhenUpdatesWereMissedSinceTheLook_IsNotComplete()
    {
        await LiveAsync();
        await SettleAsync();
        await Stores.Coverage.BreakOffAsync(Connection.Id, dialogId: null, default);

        await LiveAsync(25);

        Assert.That(await IsCompleteAsync(), Is.False);
    }

    [Test]
    public async Task Ingest_WhenTheDialogIsAChannel_IsNotCompleteFromTheFirstMessage()
    {
        await LiveAsync();
        await SettleAsync();

        await LiveInChannelAsync(5);

        Assert.That(await IsCompleteAsync(Channel), Is.False);
    }

    [Test]
    public async Task Ingest_WhenThePositionWasLostAndHadAnew_LeavesAHole()
    {
        await LiveAsync(25);
        var stream = await Stores.Coverage.FindStreamAsync(Connection.Id, Dialog, default);
        Stores.Time.Advance(TimeSpan.FromSeconds(1));
        await Stores.ExecuteAsync("DELETE FROM update_states");
        Assert.That(await Stores.Coverage.FindStreamAsync(Connection.Id, Dialog, default), Is.Null);

        await LiveAsync(40);

        Assert.That(await RangesAsync(), Is.EqualTo("40-40 25-25"));
        Assert.That(await Stores.Coverage.FindStreamAsync(Connection.Id, Dialog, default), Is.Not.EqualTo(stream));
    }

    [Test]
    public async Task Ingest_WhenTheStreamIsAnotherThanThePageWasReadIn_DoesNotFollow()
    {
        await LiveAsync();
        var stream = (await Stores.Coverage.FindStreamAsync(Connection.Id, Dialog, default))!.Value;
        await IngestTopAsync(new CoveredRange(Dialog, 1, 20), stream - 1);

        await LiveAsync(25);

        Assert.That(await RangesAsync(), Is.EqualTo("25-25 1-20"));
    }

    [Test]
    public async Task BreakOffAsync_WhenUpdatesWereMissed_LeavesAHoleInWhatIsNoChannel()
    {
        await LiveAsync(25);
        await LiveInChannelAsync(5);

        await Stores.Coverage.BreakOffAsync(Connection.Id, dialogId: null, default);
        await LiveAsync(40);
        await LiveInChannelAsync(9);

        Assert.That(await RangesAsync(), Is.EqualTo("40-40 25-25"));
        Assert.That(await RangesAsync(Channel), Is.EqualTo("5-9"));
        await Stores.Coverage.BreakOffAsync(Connection.Id, Channel, default);
        await LiveInChannelAsync(12);
        Assert.That(await RangesAsync(Channel), Is.EqualTo("12-12 5-9"));
    }

    [Test]
    public async Task Ingest_WhenAChannelWasForgottenAndComesBack_LeavesAHole()
    {
        await LiveInChannelAsync(5);
        Stores.Time.Advance(TimeSpan.FromSeconds(1));
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Channels = [new ChannelState(Channel, 0)] }, default);

        await LiveInChannelAsync(9);

        Assert.That(await RangesAsync(Channel), Is.EqualTo("9-9 5-5"));
    }

    [Test]
    public async Task Ingest_WhenHistoryBringsMessages_ExtendsNothing()
    {
        await LiveAsync(25);
        await Stores.Messages.IngestAsync(
            new IngestBatch(Connection.Id) { IsHistory = true, Messages = [StoreFixture.Message(40)] }, default);
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { Messages = [StoreFixture.Message(41)] }, default);

        Assert.That(await RangesAsync(), Is.EqualTo("25-25"));
    }

    private Task ReadTopAsync(int from, int to) => IngestTopAsync(new CoveredRange(Dialog, from, to), stream: null);

    private async Task IngestTopAsync(CoveredRange covered, long? stream)
    {
        var flowing = stream ?? await Stores.Coverage.FindStreamAsync(Connection.Id, Dialog, default);
        var top = flowing is { } one ? new CoverageTop(Dialog, one, IsComplete: false) : null;
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { IsHistory = true, Covered = covered, Top = top }, default);
    }

    private async Task LiveAsync(params int[] ids) => await Stores.Messages.IngestAsync(
        new IngestBatch(Connection.Id)
        {
            Messages = [.. ids.Select(id => StoreFixture.Message(id))],
            State = new UpdateState(++_pts, 0, 0, 0),
        },
        default);

    private async Task LiveInChannelAsync(int id) => await Stores.Messages.IngestAsync(
        new IngestBatch(Connection.Id)
        {
            Messages = [StoreFixture.Message(id, Channel)],
            State = new UpdateState(++_pts, 0, 0, 0),
            Channels = [new ChannelState(Channel, id)],
        },
        default);

    private async Task<string> RangesAsync(long dialogId = Dialog) => string.Join(
        ' ', (await Stores.Coverage.ListAsync(Connection.Id, dialogId, default)).Select(range => $"{range.FromId}-{range.ToId}"));

    private async Task SettleAsync()
    {
        var stream = await Stores.Coverage.FindStreamAsync(Connection.Id, CoverageTop.AllDialogs, default);
        var settled = new CoverageTop(CoverageTop.AllDialogs, stream!.Value, IsComplete: true);
        await Stores.Messages.IngestAsync(new IngestBatch(Connection.Id) { IsHistory = true, Top = settled }, default);
    }

    private async Task<bool> IsCompleteAsync(long dialogId = Dialog) =>
        (await Stores.Coverage.ListTopsAsync(Connection.Id, default)).Single(top => top.DialogId == dialogId).IsComplete;
}
