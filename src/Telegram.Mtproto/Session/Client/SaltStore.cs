namespace Telegram.Mtproto.Session.Client;

/// <summary>The salt in use and those that follow it (<see href="https://core.telegram.org/mtproto/service_messages#request-for-several-future-salts"/>).</summary>
internal sealed class SaltStore
{
    private ServerSalt _current = new(0, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
    private ServerSalt[] _following = [];

    /// <summary>How many salts follow the one in use.</summary>
    public int FollowingCount => _following.Length;

    public void Restore(IReadOnlyList<ServerSalt> salts)
    {
        if (salts.Count > 0)
        {
            _current = salts[0];
            _following = [.. salts.Skip(1)];
        }
    }

    public IReadOnlyList<ServerSalt> Export() => [_current, .. _following];

    /// <summary>The salt for a message sent now.</summary>
    public long At(DateTimeOffset serverTime)
    {
        var passed = 0;
        while (passed < _following.Length && _following[passed].ValidSince <= serverTime)
        {
            passed++;
        }

        if (passed > 0)
        {
            _current = _following[passed - 1];
            _following = _following[passed..];
        }

        return _current.Value;
    }

    /// <summary>Takes the salt the server demands. What was known of the future belonged to other salts.</summary>
    /// <returns>Whether it is another one.</returns>
    public bool Replace(long salt)
    {
        if (salt == _current.Value)
        {
            return false;
        }

        _current = new ServerSalt(salt, DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        _following = [];
        return true;
    }

    /// <summary>Takes the list of a <c>future_salts</c>; the first of it may be valid already.</summary>
    public void Merge(ServerSalt[] salts)
    {
        Array.Sort(salts, static (left, right) => left.ValidSince.CompareTo(right.ValidSince));
        _following = salts;
    }
}
