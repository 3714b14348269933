using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>An account's own name, username and words about itself.</summary>
internal sealed class ProfileModule(WorldEngine world) : IRpcModule
{
    private const int MaxNameLength = 64;
    private const int MaxAboutLength = 70;
    private const int ShortestUsername = 5;

    public void Map(RpcRouter router)
    {
        router.Map<AccountUpdateProfile, IUser>(UpdateProfile);
        router.Map<AccountUpdateUsername, IUser>(UpdateUsername);
        router.Map<AccountCheckUsername, bool>(CheckUsername);
    }

    private IUser UpdateProfile(AccountUpdateProfile request, RpcContext context)
    {
        if (request.FirstName is { } first && (string.IsNullOrWhiteSpace(first) || first.Length > MaxNameLength))
        {
            throw RpcErrorException.BadRequest("FIRSTNAME_INVALID");
        }

        if (request.About?.Length > MaxAboutLength)
        {
            throw RpcErrorException.BadRequest("ABOUT_TOO_LONG");
        }

        return Change(context, (_, person) => person with
        {
            FirstName = request.FirstName ?? person.FirstName,
            LastName = request.LastName is { } last ? NullIfEmpty(last) : person.LastName,
            About = request.About ?? person.About,
        });
    }

    private IUser UpdateUsername(AccountUpdateUsername request, RpcContext context)
    {
        RequireForm(request.Username);
        return Change(context, (state, person) =>
        {
            if (string.Equals(person.Username ?? "", request.Username, StringComparison.Ordinal))
            {
                throw RpcErrorException.BadRequest("USERNAME_NOT_MODIFIED");
            }

            return request.Username.Length > 0 && IsTaken(state, request.Username, person.Id)
                ? throw RpcErrorException.BadRequest("USERNAME_OCCUPIED")
                : person with { Username = NullIfEmpty(request.Username) };
        });
    }

    private bool CheckUsername(AccountCheckUsername request, RpcContext context)
    {
        var userId = context.RequireUserId();
        RequireForm(request.Username);
        return world.Read(state => !IsTaken(state, request.Username, userId));
    }

    private static void RequireForm(string username)
    {
        if (username.Length > 0 && (username.Length < ShortestUsername || !Usernames.IsWellFormed(username)))
        {
            throw RpcErrorException.BadRequest("USERNAME_INVALID");
        }
    }

    private static bool IsTaken(WorldState state, string username, long userId) =>
        string.Equals(username, Communities.NewsUsername, StringComparison.OrdinalIgnoreCase)
        || (state.People.FindByUsername(username) is { } owner && owner.Id != userId);

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private User Change(RpcContext context, Func<WorldState, Person, Person> alter)
    {
        var userId = context.RequireUserId();
        return world.Change(context.SessionId, change =>
        {
            var person = alter(change.State, change.State.People.Find(userId)!);
            change.Commit(new PersonChanged(userId, person.Username, person.FirstName, person.LastName, person.About));
            return TlPeople.User(change.State, userId, person);
        });
    }
}
