using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using TlUpdates = Telegram.Tl.Types.Updates;

namespace Telegram.Sandbox.Handlers;

/// <summary>The address book.</summary>
internal sealed class ContactsModule(WorldEngine world) : IRpcModule
{
    private const int MaxImported = 500;
    private const int MaxNameLength = 64;

    public void Map(RpcRouter router)
    {
        router.Map<ContactsGetContacts, IContactsContacts>(GetContacts);
        router.Map<ContactsGetContactIDs, int[]>((_, _) => Array.Empty<int>());
        router.Map<ContactsGetStatuses, ContactStatus[]>(GetStatuses);
        router.Map<ContactsImportContacts, ContactsImportedContacts>(ImportContacts);
        router.Map<ContactsAddContact, IUpdates>(AddContact);
        router.Map<ContactsDeleteContacts, IUpdates>(DeleteContacts);
        router.Map<ContactsGetBlocked, IContactsBlocked>((_, _) => new ContactsBlocked { Blocked = [], Chats = [], Users = [] });
        router.Map<ContactsGetTopPeers, IContactsTopPeers>((_, _) => new ContactsTopPeersDisabled());
        router.Map<ContactsGetSaved, SavedPhoneContact[]>((_, _) => Array.Empty<SavedPhoneContact>());
    }

    private IContactsContacts GetContacts(ContactsGetContacts request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read<IContactsContacts>(state =>
        {
            long[] ids = [.. state.Contacts.Of(viewer).Order()];
            return ResultHash.IsCurrent(request.Hash, ids)
                ? new ContactsContactsNotModified()
                : new ContactsContacts
                {
                    Contacts = [.. ids.Select(id => new Contact { UserId = id, Mutual = false })],
                    SavedCount = 0,
                    Users = [.. ids.Select(id => TlPeople.User(state, viewer, state.People.Find(id)!))],
                };
        });
    }

    private ContactStatus[] GetStatuses(ContactsGetStatuses request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read<ContactStatus[]>(state =>
            [.. state.Contacts.Of(viewer).Select(id => new ContactStatus { UserId = id, Status = new UserStatusRecently() })]);
    }

    private ContactsImportedContacts ImportContacts(ContactsImportContacts request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        if (request.Contacts.Length > MaxImported)
        {
            throw RpcErrorException.BadRequest("LIMIT_INVALID");
        }

        return world.Change(context.SessionId, change =>
        {
            var imported = new List<ImportedContact>();
            var composer = new TlComposer(change.State, viewer);
            foreach (var contact in request.Contacts.OfType<InputPhoneContact>())
            {
                if (Phones.Normalize(contact.Phone) is { } phone && change.State.People.FindByPhone(phone) is { } person)
                {
                    Put(change, viewer, person.Id, contact.FirstName, contact.LastName);
                    composer.Name(PeerId.User(person.Id));
                    imported.Add(new ImportedContact { UserId = person.Id, ClientId = contact.ClientId });
                }
            }

            return new ContactsImportedContacts { Imported = [.. imported], PopularInvites = [], RetryContacts = [], Users = composer.Users };
        });
    }

    private IUpdates AddContact(ContactsAddContact request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Change(context.SessionId, change =>
        {
            var person = InputPeers.FindUser(change.State, viewer, request.Id) ?? throw RpcErrorException.BadRequest("CONTACT_ID_INVALID");
            Put(change, viewer, person.Id, request.FirstName, request.LastName);
            return Changed(change, viewer, [person.Id]);
        });
    }

    private IUpdates DeleteContacts(ContactsDeleteContacts request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Change(context.SessionId, change =>
        {
            long[] ids = [.. request.Id.Select(input => InputPeers.FindUser(change.State, viewer, input)?.Id).OfType<long>()];
            foreach (var id in ids)
            {
                change.Commit(new ContactChanged(viewer, id, Listed: false, "", LastName: null));
            }

            return Changed(change, viewer, ids);
        });
    }

    private static void Put(WorldChange change, long viewer, long other, string firstName, string lastName)
    {
        if (string.IsNullOrWhiteSpace(firstName) || firstName.Length > MaxNameLength || lastName.Length > MaxNameLength)
        {
            throw RpcErrorException.BadRequest("CONTACT_NAME_EMPTY");
        }

        change.Commit(new ContactChanged(viewer, other, Listed: true, firstName, lastName.Length == 0 ? null : lastName));
    }

    private static TlUpdates Changed(WorldChange change, long viewer, long[] ids)
    {
        var composer = new TlComposer(change.State, viewer);
        IUpdate[] updates =
        [
            .. ids.Select(id => new UpdatePeerSettings { Peer = composer.Peer(PeerId.User(id)), Settings = new PeerSettings() }),
        ];
        return new TlUpdates { UpdatesValue = updates, Users = composer.Users, Chats = [], Date = change.Now, Seq = 0 };
    }
}
