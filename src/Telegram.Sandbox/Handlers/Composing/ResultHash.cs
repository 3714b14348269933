namespace Telegram.Sandbox.Handlers;

/// <summary>The hash by which a client says "I have these already" (https://core.telegram.org/api/offsets#hash-generation).</summary>
internal static class ResultHash
{
    public static long Of(IEnumerable<long> ids)
    {
        ulong hash = 0;
        foreach (var id in ids)
        {
            hash ^= hash >> 21;
            hash ^= hash << 35;
            hash ^= hash >> 4;
            hash += (ulong)id;
        }

        return (long)hash;
    }

    /// <summary>Whether a client that sent <paramref name="hash"/> holds just these; 0 says that it holds nothing.</summary>
    public static bool IsCurrent(long hash, IEnumerable<long> ids) => hash != 0 && hash == Of(ids);
}
