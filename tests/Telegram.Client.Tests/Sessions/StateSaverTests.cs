using Telegram.Client.Tests.Scripted;
using Telegram.Mtproto;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Testing;

namespace Telegram.Client.Tests.Sessions;

public sealed class StateSaverTests
{
    private readonly List<TelegramSession> _saved = [];
    private ManualTimeProvider _time = null!;
    private SessionKeeper _keeper = null!;
    private DataCenterConnection _connection = null!;
    private StateSaver _saver = null!;
    private bool _isFull;

    [SetUp]
    public void Begin()
    {
        _saved.Clear();
        _isFull = false;
        _time = new ManualTimeProvider();
        var options = TestOptions.Make(_time);
        var key = new AuthKey(Enumerable.Repeat((byte)7, 256).ToArray());
        var session = TelegramSession.New(2).WithKey(2, key, ClientSessionState.AfterHandshake(1, TimeSpan.Zero));
        _keeper = new SessionKeeper(session, Save);
        using var network = new ScriptedNetwork(2);
        var context = new ConnectionContext(options, new AddressBook(options.DataCenters, obfuscated: true), _keeper, network);
        _connection = new DataCenterConnection(2, context, new Silence());
        _connection.Channel.Attach(new ClientSession(
            key, ClientSessionOptions.Default, CryptographicRandomSource.Instance, ClientSessionState.AfterHandshake(99, TimeSpan.FromSeconds(3))));
        _saver = new StateSaver(_keeper, options);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await _saver.DisposeAsync();
        await _connection.DisposeAsync();
        _keeper.Dispose();
    }

    [Test]
    public async Task Changed_ForTheFirstTime_StoresTheStateAtOnce()
    {
        _saver.Changed(_connection);

        await SavedAsync(1);
        Assert.That(_saved[0].KeyOf(2)!.State!.TimeOffset, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(_keeper.Current, Is.SameAs(_saved[0]));
    }

    [Test]
    public async Task Changed_AgainAndAgain_StoresNoMoreThanOnceAWhile()
    {
        _saver.Changed(_connection);
        await SavedAsync(1);
        for (var times = 0; times < 100; times++)
        {
            _saver.Changed(_connection);
        }

        _time.Advance(StateSaver.ShortestPause);
        await Eventually.TrueAsync(
            () =>
            {
                _saver.Changed(_connection);
                return Count == 2;
            },
            "it is stored again");
    }

    [Test]
    public async Task DisposeAsync_WithAChangeNotStored_StoresIt()
    {
        _saver.Changed(_connection);
        await SavedAsync(1);
        await Eventually.TrueAsync(() => _keeper.Current == _saved[0], "it counts");
        _saver.Changed(_connection);

        await _saver.DisposeAsync();
        await _saver.DisposeAsync();

        Assert.That(Count, Is.EqualTo(2));
    }

    [Test]
    public async Task Changed_WhenTheStoreFails_GoesOn()
    {
        _isFull = true;
        _saver.Changed(_connection);

        await _saver.DisposeAsync();

        Assert.That(_saved, Is.Empty);
    }

    private int Count
    {
        get
        {
            lock (_saved)
            {
                return _saved.Count;
            }
        }
    }

    private Task SavedAsync(int count) => Eventually.TrueAsync(() => Count == count, $"{count} were stored");

    private ValueTask Save(TelegramSession session, CancellationToken cancellationToken)
    {
        if (_isFull)
        {
            throw new IOException("full");
        }

        lock (_saved)
        {
            _saved.Add(session);
        }

        return ValueTask.CompletedTask;
    }

    private sealed class Silence : IConnectionEvents
    {
        public void OnUpdate(ReadOnlySpan<byte> update)
        {
            // Nobody is told.
        }

        public void OnNewSession()
        {
            // Likewise.
        }

        public void OnHeard()
        {
            // Likewise.
        }

        public void OnState(DataCenterConnection connection, TelegramClientState state)
        {
            // Likewise.
        }

        public ValueTask OnKeyLostAsync(DataCenterConnection connection) => ValueTask.CompletedTask;
    }
}
