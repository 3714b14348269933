using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Looking people up by id.</summary>
internal sealed class UsersModule(WorldEngine world) : IRpcModule
{
    private const int MaxUsers = 200;

    public void Map(RpcRouter router)
    {
        router.Map<UsersGetUsers, IUser[]>(GetUsers);
        router.Map<UsersGetFullUser, UsersUserFull>(GetFullUser);
    }

    // Clients ask for themselves before they sign in, and read 401 as "not signed in".
    private IUser[] GetUsers(UsersGetUsers request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return request.Id.Length > MaxUsers
            ? throw RpcErrorException.BadRequest("LIMIT_INVALID")
            : world.Read<IUser[]>(state => [.. request.Id.Select(input => Look(state, viewer, input))]);
    }

    private static IUser Look(WorldState state, long viewer, IInputUser input) =>
        InputPeers.FindUser(state, viewer, input) is { } person
            ? TlPeople.User(state, viewer, person)
            : new UserEmpty { Id = (input as InputUser)?.UserId ?? 0 };

    private UsersUserFull GetFullUser(UsersGetFullUser request, RpcContext context)
    {
        var viewer = context.RequireUserId();
        return world.Read(state =>
        {
            var person = InputPeers.User(state, viewer, request.Id);
            return new UsersUserFull
            {
                FullUser = new UserFull
                {
                    Id = person.Id,
                    About = person.About.Length == 0 ? null : person.About,
                    Settings = new PeerSettings(),
                    NotifySettings = new PeerNotifySettings(),
                    CommonChatsCount = CommonChats.Of(state, viewer, person.Id).Count(),
                    BotInfo = person.IsBot ? new BotInfo { UserId = person.Id, Description = person.About } : null,
                },
                Chats = [],
                Users = [TlPeople.User(state, viewer, person)],
            };
        });
    }
}
