using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// The users the consumer was told of. A shortened update names a user without saying who that is; when the consumer cannot know,
/// the update is fetched in full. Forgetting is harmless, so this stays small.
/// </summary>
internal sealed class KnownUsers
{
    public const int Capacity = 1024;

    private HashSet<long>? _ids;

    public void Learn(IEnumerable<IUser> users)
    {
        foreach (var user in users.OfType<User>().Where(user => !user.Min))
        {
            _ids ??= [];
            if (_ids.Count >= Capacity)
            {
                _ids.Clear();
            }

            _ids.Add(user.Id);
        }
    }

    public bool Contains(long userId) => _ids is not null && _ids.Contains(userId);
}
