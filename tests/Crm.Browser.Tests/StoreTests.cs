using System.Text.Json;
using Crm.Browser.Tests.Support;

namespace Crm.Browser.Tests;

/// <summary>What the page keeps, where no click leads to the case.</summary>
[TestFixture]
internal sealed class StoreTests : BrowserFixture
{
    [Test]
    public async Task Parser_WhenAStreamBreaksInsideAnEvent_GoesOnAfterTheLastThatWasWhole()
    {
        var ids = await RunAsync("""
            const { EventParser } = await import('/js/stream.js');
            const parser = new EventParser();
            const parts = ['id: 3\n\n', 'id: 4\nevent: x\nda', 'ta: {"n": 1}\n', '\nid: 5\nevent: x\n'];
            return parts.map(part => [parser.push(part).length, parser.lastId]);
            """);

        Assert.That(ids, Is.EqualTo("""[[0,"3"],[0,"3"],[0,"3"],[1,"4"]]"""));
    }

    [Test]
    public async Task Conversation_WhenAPageIsOlderThanAChange_KeepsTheChange()
    {
        var rows = await RunAsync("""
            const { Conversation } = await import('/js/store/conversation.js');
            const row = (message_id, message, revisions, deleted_at) => ({ id: message_id, message_id, message, revisions, deleted_at, timestamp: 1, answer: 0 });
            const conversation = new Conversation(1);
            conversation.add([row(1, 'new', 1, null), row(2, 'gone', 0, 7), row(3, 'old', 0, null)]);
            conversation.add([row(1, 'old', 0, null), row(2, 'gone', 0, null), row(3, 'new', 1, null)]);
            return conversation.rows.map(one => [one.message, one.deleted_at]);
            """);

        Assert.That(rows, Is.EqualTo("""[["new",null],["gone",7],["new",null]]"""));
    }

    private async Task<string> RunAsync(string script)
    {
        var tab = await OpenAsync();
        return (await tab.Page.EvaluateAsync<JsonElement>($"async () => {{ {script} }}")).GetRawText();
    }
}
