using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Handlers;

/// <summary>The groups two people share.</summary>
internal static class CommonChats
{
    public static IEnumerable<Community> Of(WorldState state, long viewer, long other)
    {
        if (!state.People.IsOperator(viewer) || viewer == other)
        {
            return [];
        }

        return Enumerable.Range(0, WorldShape.GroupsPerOperator)
            .Select(index => Communities.Group(viewer, index))
            .Append(Communities.Supergroup(viewer))
            .Select(peer => state.Communities.Find(peer))
            .OfType<Community>()
            .Where(community => Array.IndexOf(community.Accounts, other) >= 0 || Array.IndexOf(community.Guests, other) >= 0);
    }
}
