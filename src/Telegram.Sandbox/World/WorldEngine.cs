using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>
/// The lock, the journal and the state behind it. Every change is written down, applied and told in one step, so that what a client
/// hears and what a restarted world knows agree, in the same order.
/// </summary>
internal sealed class WorldEngine : IDisposable
{
    private const int Version = 1;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly JournalFile _journal;
    private readonly List<BoxNews> _news = [];
    private WorldState? _state;

    /// <summary>Opens the world stored at <paramref name="path"/>, or begins one there.</summary>
    /// <exception cref="JournalException">The stored world is damaged or was made with other settings.</exception>
    public WorldEngine(string path, WorldSize size, TimeProvider time, Func<long> secret)
    {
        _time = time;
        _journal = JournalFile.Open(path, record => Replay(record, size));
        if (_state is null)
        {
            var created = new WorldCreated(Version, size, time.GetUtcNow(), secret());
            _journal.Append(created);
            _state = Create(created);
        }
    }

    public IWorldListener? Listener { get; set; }

    /// <summary>Runs a question against the state. What it answers with must not change afterwards.</summary>
    public T Read<T>(Func<WorldState, T> question)
    {
        lock (_gate)
        {
            return question(_state!);
        }
    }

    /// <summary>Runs a decision that may <see cref="WorldChange.Commit"/> records, alone.</summary>
    public T Change<T>(long? sessionId, Func<WorldChange, T> decision)
    {
        lock (_gate)
        {
            return decision(new WorldChange(this, _state!, sessionId));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _journal.Dispose();
        }
    }

    internal int Now(WorldState state) => Math.Max((int)_time.GetUtcNow().ToUnixTimeSeconds(), state.LastDate);

    internal DateTimeOffset Clock => _time.GetUtcNow();

    internal void Commit(JournalRecord record, long? sessionId)
    {
        _journal.Append(record);
        _news.Clear();
        _state!.Apply(record, _news);
        if (Listener is not { } listener)
        {
            return;
        }

        foreach (var happened in _news)
        {
            listener.Happened(_state, happened, sessionId);
        }

        listener.Applied(_state, record, sessionId);
    }

    private void Replay(JournalRecord record, WorldSize size)
    {
        if (_state is not null)
        {
            _news.Clear();
            _state.Apply(record, _news);
            return;
        }

        if (record is not WorldCreated { Version: Version } created)
        {
            throw new JournalException("The sandbox's journal is of another version. Delete the sandbox's data to begin anew.");
        }

        if (created.Size != size)
        {
            throw new JournalException(
                $"The stored sandbox has {created.Size}, not {size}, and every message id depends on it. "
                + "Keep the settings or delete the sandbox's data.");
        }

        _state = Create(created);
    }

    private static WorldState Create(WorldCreated created) => new(new WorldShape(created.Size, created.Epoch, created.Secret));
}

/// <summary>One change under way: the state to decide on and the only way to alter it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct WorldChange(WorldEngine engine, WorldState state, long? sessionId)
{
    public WorldState State => state;

    /// <summary>The date of what happens now, in Unix seconds; never before what has already happened.</summary>
    public int Now => engine.Now(state);

    public DateTimeOffset Clock => engine.Clock;

    public void Commit(JournalRecord record) => engine.Commit(record, sessionId);
}
