namespace Telegram.Sandbox.World;

/// <summary>
/// A sequence of messages with ids and pts of its own: what one account holds of private dialogs and groups, or what one channel holds.
/// </summary>
internal abstract class MessageBox(PeerId owner, int computed, int logCapacity)
{
    private readonly List<StoredMessage?> _added = [];

    public PeerId Owner => owner;

    public UpdateLog Log { get; } = new(logCapacity);

    public int LastId => computed + _added.Count;

    protected int Computed => computed;

    /// <summary>A message written since the world began; null for the computed ones, the deleted ones and those that never were.</summary>
    public StoredMessage? FindAdded(int id)
    {
        var index = id - computed - 1;
        return index >= 0 && index < _added.Count ? _added[index] : null;
    }

    public abstract int DateOf(int id);

    public void Record(BoxEvent happened) => Log.Add(happened);

    protected void Append(StoredMessage message) => _added.Add(message);

    protected void Forget(int id)
    {
        if (id > computed)
        {
            _added[id - computed - 1] = null;
        }
    }
}
