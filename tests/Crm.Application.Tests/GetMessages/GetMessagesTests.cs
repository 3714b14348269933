using Crm.Application.AccountAuth;
using Crm.Application.GetMessages;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.TelegramPreauth;
using Crm.Domain;

namespace Crm.Application.Tests.GetMessages;

public sealed class GetMessagesTests
{
    private ApplicationFixture _app = null!;
    private AccountAuthResult _account = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new ApplicationFixture();
        _account = await _app.AddOperatorAsync();
    }

    [TearDown]
    public async Task TearDown() => await _app.DisposeAsync();

    [Test]
    public async Task Handle_WhenTheAccountIsAnothersOrUnknown_AnswersTheSame()
    {
        var other = await _app.AddOperatorAsync("other");

        var foreign = await _app.SendAsync(new GetMessagesQuery(_account.AccountId, other.AccountId, null, null, null, null));
        var unknown = await _app.SendAsync(new GetMessagesQuery(_account.AccountId, 1_000_000_000_000_000, null, null, null, null));

        Assert.That((foreign.Error, unknown.Error), Is.EqualTo((AccountErrors.NotFound, AccountErrors.NotFound)));
        Assert.That(foreign.Error!.Category, Is.EqualTo(ErrorCategory.NotFound));
    }

    [Test]
    public async Task Handle_WhenTheAccountMovedToAnotherPhone_ReadsBothConnections()
    {
        await IngestAsync(_account.ConnectionId, 1);
        await _app.SendAsync(new TelegramPreauthCommand(_account.AccountId, "9996620002", null, null, null));
        await IngestAsync((await _app.CurrentAsync(_account.AccountId)).Id, 1);

        var rows = await ReadAsync(new GetMessagesQuery(_account.AccountId, _account.AccountId, "telegram", null, null, null));

        Assert.That(rows, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Handle_WhenFiltersAreGiven_AppliesThem()
    {
        await IngestAsync(_account.ConnectionId, 1, 2, 3);
        var query = new GetMessagesQuery(_account.AccountId, _account.AccountId, null, 100, null, null);
        var all = await ReadAsync(query);

        Assert.That(all.Select(row => row.MessageId), Is.EqualTo(new int?[] { 1, 2, 3 }));
        Assert.That((await ReadAsync(query with { AfterId = all[0].Id })).Select(row => row.MessageId), Is.EqualTo(new int?[] { 2, 3 }));
        Assert.That((await ReadAsync(query with { AfterId = 0, Limit = 2 })).Select(row => row.MessageId), Is.EqualTo(new int?[] { 1, 2 }));
        Assert.That(await ReadAsync(query with { PeerId = 101 }), Is.Empty);
    }

    [Test]
    public async Task Handle_WhenTheMessengerIsAnother_Refuses()
    {
        var refused = await _app.SendAsync(new GetMessagesQuery(_account.AccountId, _account.AccountId, "pigeon", null, null, null));

        Assert.That(refused.Error!.Code, Is.EqualTo("messenger.unsupported"));
    }

    private static IEnumerable<TestCaseData> Broken()
    {
        var valid = new GetMessagesQuery(1, 1, null, null, null, null);
        yield return new TestCaseData(valid with { AccountId = 0 }, "id_account");
        yield return new TestCaseData(valid with { PeerId = 0 }, "user_id");
        yield return new TestCaseData(valid with { AfterId = -1 }, "after_id");
        yield return new TestCaseData(valid with { Limit = 0 }, "limit");
        yield return new TestCaseData(valid with { Limit = 10_001 }, "limit");
    }

    [TestCaseSource(nameof(Broken))]
    public async Task Send_WhenAFieldIsWrong_NamesIt(GetMessagesQuery query, string field) =>
        Assert.That((await _app.SendAsync(query)).Error!.Fields!.Keys, Is.EqualTo(new[] { field }));

    private async Task<List<MessageRow>> ReadAsync(GetMessagesQuery query) => await ApplicationFixture.ListAsync(await _app.SendAsync(query));

    private Task<IReadOnlyList<MessageRow>> IngestAsync(long connectionId, params int[] ids) => _app.Get<IMessageStore>().IngestAsync(
        new IngestBatch(connectionId) { Messages = [.. ids.Select(id => new TelegramMessage(100, id, false, "text", 1_700_000_000 + id))] },
        default);
}
