using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Finding people and channels by phone, username or name.</summary>
internal sealed class ResolveModule(WorldEngine world) : IRpcModule
{
    private const int MaxFound = 50;
    private const int ShortestQuery = 3;

    public void Map(RpcRouter router)
    {
        router.Map<ContactsResolvePhone, ContactsResolvedPeer>(ResolvePhone);
        router.Map<ContactsResolveUsername, ContactsResolvedPeer>(ResolveUsername);
        router.Map<ContactsSearch, ContactsFound>(Search);
    }

    private ContactsResolvedPeer ResolvePhone(ContactsResolvePhone request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state =>
        {
            var person = Phones.Normalize(request.Phone) is { } phone ? state.People.FindByPhone(phone) : null;
            return person is not null && (person.Id == viewer || TlPeople.IsPhoneShown(person, state.Contacts.Contains(viewer, person.Id)))
                ? Resolved(state, viewer, PeerId.User(person.Id))
                : throw RpcErrorException.BadRequest("PHONE_NOT_OCCUPIED");
        });
    }

    private ContactsResolvedPeer ResolveUsername(ContactsResolveUsername request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        var username = request.Username.TrimStart('@');
        if (!Usernames.IsWellFormed(username))
        {
            throw RpcErrorException.BadRequest("USERNAME_INVALID");
        }

        return world.Read(state => FindByUsername(state, username) is { } peer
            ? Resolved(state, viewer, peer)
            : throw RpcErrorException.BadRequest("USERNAME_NOT_OCCUPIED"));
    }

    // Of the account's own people by name, of all the world by username.
    private ContactsFound Search(ContactsSearch request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        var query = request.Q.Trim().TrimStart('@');
        if (query.Length < ShortestQuery)
        {
            throw RpcErrorException.BadRequest(query.Length == 0 ? "SEARCH_QUERY_EMPTY" : "QUERY_TOO_SHORT");
        }

        var limit = Math.Clamp(request.Limit, 1, MaxFound);
        return world.Read(state =>
        {
            var composer = new TlComposer(state, viewer);
            IPeer[] mine =
            [
                .. state.Contacts.Of(viewer)
                    .Where(id => Matches(state, viewer, id, query))
                    .Take(limit)
                    .Select(id => composer.Peer(PeerId.User(id))),
            ];
            IPeer[] others = FindByUsername(state, query) is { } peer ? [composer.Peer(peer)] : [];
            return new ContactsFound { MyResults = mine, Results = others, Chats = composer.Chats, Users = composer.Users };
        });
    }

    private static bool Matches(WorldState state, long viewer, long userId, string query)
    {
        var user = TlPeople.User(state, viewer, state.People.Find(userId)!);
        return $"{user.FirstName} {user.LastName} {user.Username}".Contains(query, StringComparison.OrdinalIgnoreCase);
    }

    private static PeerId? FindByUsername(WorldState state, string username)
    {
        if (string.Equals(username, Communities.NewsUsername, StringComparison.OrdinalIgnoreCase))
        {
            return Communities.News;
        }

        return state.People.FindByUsername(username) is { } person ? PeerId.User(person.Id) : null;
    }

    private static ContactsResolvedPeer Resolved(WorldState state, long viewer, PeerId peer)
    {
        var composer = new TlComposer(state, viewer);
        return new ContactsResolvedPeer { Peer = composer.Peer(peer), Chats = composer.Chats, Users = composer.Users };
    }
}
