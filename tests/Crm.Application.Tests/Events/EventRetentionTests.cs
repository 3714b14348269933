using Crm.Application.Events;
using Crm.Application.Ports.Storage;

namespace Crm.Application.Tests.Events;

public sealed class EventRetentionTests
{
    private ApplicationFixture _app = null!;

    [SetUp]
    public void SetUp() => _app = new ApplicationFixture();

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Host_WhenEventsGrowOld_DeletesThemAllInStepsAndKeepsTheYounger()
    {
        var account = await _app.AddOperatorAsync();
        var connection = await _app.CurrentAsync(account.AccountId);
        var old = Enumerable.Range(1, EventRetention.EventsAtOnce + 10).Select(id => Message(id)).ToList();
        await IngestAsync(connection.Id, [.. old]);
        _app.Time.Advance(TimeSpan.FromDays(29));
        await IngestAsync(connection.Id, Message(5000));
        await _app.StartAsync();
        Assert.That((await LogAsync(account.AccountId)).DeletedTo, Is.Zero);

        var last = (await LogAsync(account.AccountId)).LastId;
        _app.Time.Advance(TimeSpan.FromDays(2));
        await ApplicationFixture.EventuallyAsync(async () =>
        {
            _app.Time.Advance(TimeSpan.FromMinutes(1));
            return (await LogAsync(account.AccountId)).DeletedTo == last - 1;
        });

        Assert.That((await LogAsync(account.AccountId)).Events.Select(stored => stored.Id), Is.EqualTo(new[] { last }));
    }

    private static Ports.Telegram.TelegramMessage Message(int id) => new(100, id, false, "text", 1_700_000_000 + id);

    private async Task IngestAsync(long connectionId, params Ports.Telegram.TelegramMessage[] messages) =>
        await _app.Get<IMessageStore>().IngestAsync(new IngestBatch(connectionId) { Messages = messages }, default);

    private Task<EventPage> LogAsync(long accountId) => _app.Get<IEventStore>().ReadAsync(accountId, 0, 10, default);
}
