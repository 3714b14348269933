using Telegram.Sandbox.Handlers;
using Telegram.Sandbox.Rpc;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.World;

/// <summary>The people of the sandbox behind the server's port to them.</summary>
internal sealed class SandboxWorld(
    WorldEngine engine, Answering answering, PeopleControl control, IReadOnlyList<IRpcModule> modules) : ISandboxWorld
{
    public IReadOnlyList<IRpcModule> Modules => modules;

    public void Start() => answering.Start();

    public int HomeDc(long userId) => Phones.DcOf(userId);

    public User Self(long userId) => engine.Read(state => TlPeople.User(state, userId, state.People.Find(userId)!));

    public long? FindUserByPhone(string phone) =>
        Phones.Normalize(phone) is { } digits ? engine.Read(state => state.People.FindByPhone(digits)?.Id) : null;

    public IReadOnlyList<PersonInfo> People() =>
    [
        .. control.People().Select(person => new PersonInfo(person.Id, person.Phone, person.Username, person.FirstName, Phones.TryParse(person.Phone, out _, out _))),
    ];

    public IReadOnlyList<MessageInfo> Messages(string phone, long userId) =>
    [
        .. control.Messages(phone, userId).Select(view => new MessageInfo(view.Id, view.Out, view.Text, view.Date, view.RandomId)),
    ];

    public async Task<SentMessages> SendAsPersonAsync(
        string toPhone, long fromId, string text, int count, double perSecond, CancellationToken cancellationToken) =>
        new(count, await control.SendAsync(toPhone, fromId, text, count, perSecond, cancellationToken));

    public void EditAsPerson(string toPhone, long fromId, int messageId, string text) => control.Edit(toPhone, fromId, messageId, text);

    public void DeleteAsPerson(string toPhone, long fromId, int messageId) => control.Delete(toPhone, fromId, messageId);

    public async ValueTask DisposeAsync()
    {
        await answering.DisposeAsync();
        engine.Dispose();
    }
}
