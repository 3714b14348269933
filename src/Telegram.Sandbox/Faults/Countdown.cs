namespace Telegram.Sandbox.Faults;

/// <summary>How many times something is still to go wrong.</summary>
internal sealed class Countdown
{
    private int _left;

    public void Add(int times) => Interlocked.Add(ref _left, times);

    public void Clear() => Interlocked.Exchange(ref _left, 0);

    /// <summary>Takes one of the times that are left; <see langword="false"/> when there is none.</summary>
    public bool TryTake()
    {
        var left = Volatile.Read(ref _left);
        while (left > 0)
        {
            var seen = Interlocked.CompareExchange(ref _left, left - 1, left);
            if (seen == left)
            {
                return true;
            }

            left = seen;
        }

        return false;
    }
}
