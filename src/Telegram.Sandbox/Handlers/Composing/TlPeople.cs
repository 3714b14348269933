using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>People as TL <c>user</c>, from one account's point of view.</summary>
internal static class TlPeople
{
    public static User User(WorldState state, long viewer, Person person)
    {
        var isSelf = person.Id == viewer;
        var isContact = state.Contacts.Contains(viewer, person.Id);
        var given = state.Contacts.NameFor(viewer, person.Id);
        return new User
        {
            Self = isSelf,
            Contact = isContact,
            Bot = person.IsBot,
            Id = person.Id,
            AccessHash = state.Access.Of(viewer, PeerId.User(person.Id)),
            FirstName = given?.FirstName ?? person.FirstName,
            LastName = given is null ? person.LastName : given.LastName,
            Username = person.Username,
            Phone = isSelf || IsPhoneShown(person, isContact) ? person.Phone : null,
            Status = person.IsBot ? null : new UserStatusRecently(),
            BotInfoVersion = person.IsBot ? 1 : null,
        };
    }

    /// <summary>Bots have no phone; others may show theirs to nobody but those who know it already.</summary>
    public static bool IsPhoneShown(Person person, bool isContact) => person.Phone.Length > 0 && (isContact || !person.HidesPhone);
}
