namespace Telegram.Sandbox.World;

/// <summary>Access hashes: a different one for every viewer, so that an id learnt from another account opens nothing.</summary>
internal sealed class AccessHashes(long secret)
{
    public long Of(long viewer, PeerId peer)
    {
        var hash = (long)Mix.Of(secret ^ viewer, peer.Marked, (int)peer.Kind);
        return hash == 0 ? 1 : hash;
    }

    public bool Matches(long viewer, PeerId peer, long hash) => Of(viewer, peer) == hash;
}
