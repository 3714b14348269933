using System.Diagnostics;
using System.Net;
using Testing;

namespace Telegram.Client.Tests.Scripted;

/// <summary>Scripted data centres, told apart by their ports, a clock that stands still, and clients for them.</summary>
internal sealed class ScriptedNetwork : IConnector, IDisposable
{
    private readonly Dictionary<int, ScriptedServer> _servers = [];
    private readonly List<TelegramSession> _saved = [];

    public ScriptedNetwork(params int[] dataCenters)
    {
        foreach (var dataCenter in dataCenters)
        {
            _servers.Add(dataCenter, new ScriptedServer(Time));
        }
    }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>The sessions stored so far.</summary>
    public IReadOnlyList<TelegramSession> Saved
    {
        get
        {
            lock (_saved)
            {
                return [.. _saved];
            }
        }
    }

    public ScriptedServer this[int dataCenter] => _servers[dataCenter];

    public ValueTask<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken) =>
        _servers[endPoint.Port].ConnectAsync(endPoint, cancellationToken);

    public TelegramClientOptions Options() => new()
    {
        ApiId = 4,
        ApiHash = "0123456789abcdef0123456789abcdef",
        DataCenters = DataCenterTable.Custom(
            _servers.Keys.Select(dataCenter => TestOptions.Address(dataCenter, dataCenter)), [ScriptedServer.PublicKeyPem], _servers.Keys.First()),
        TimeProvider = Time,
        Random = Mtproto.CryptographicRandomSource.Instance,
        DeviceModel = "Test device",
        SaveSession = (session, _) =>
        {
            lock (_saved)
            {
                _saved.Add(session);
            }

            return ValueTask.CompletedTask;
        },
    };

    public TelegramClient Client(TelegramSession? session = null, Func<TelegramClientOptions, TelegramClientOptions>? with = null) =>
        new(with is null ? Options() : with(Options()), session, this);

    /// <summary>A session whose user is signed in, known to the server.</summary>
    public async Task<TelegramSession> SignedInAsync()
    {
        await using var client = Client();
        await client.GetSelfAsync();
        return client.Session;
    }

    /// <summary>Lets time pass until something has happened, each step only after everybody has done what the last one gave them to do.</summary>
    public async Task PassTimeAsync(Func<bool> until, string what, TimeSpan? step = null)
    {
        var work = TrackedWork.Present;
        var watch = Stopwatch.StartNew();
        await work.IdleAsync();
        while (!until())
        {
            Assert.That(watch.Elapsed, Is.LessThan(Eventually.Limit), what);
            Time.Advance(step ?? TimeSpan.FromMilliseconds(250));
            await work.IdleAsync();
        }
    }

    public void Dispose()
    {
        foreach (var server in _servers.Values)
        {
            server.Dispose();
        }
    }
}
