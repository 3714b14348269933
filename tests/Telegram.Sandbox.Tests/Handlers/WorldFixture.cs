using Microsoft.Extensions.Logging.Abstractions;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.World;
using Testing;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>A world on a directory of its own, behind a router, without a socket.</summary>
internal sealed class WorldFixture : IAsyncDisposable
{
    private readonly FakeAuthorizations _authorizations = new();
    private readonly RpcRouter _router;
    private readonly SandboxOptions _options;
    private long _lastSession;

    public WorldFixture(int operators = 3, int dialogs = 12, int messages = 20)
        : this(
            new SandboxOptions { Operators = operators, DialogsPerOperator = dialogs, MessagesPerDialog = messages },
            System.IO.Directory.CreateTempSubdirectory("world").FullName,
            new ManualTimeProvider())
    {
    }

    /// <summary>A world on the directory another one has left.</summary>
    public WorldFixture(WorldFixture before, SandboxOptions? options = null)
        : this(options ?? before._options, before.Directory, before.Time)
    {
    }

    private WorldFixture(SandboxOptions options, string directory, ManualTimeProvider time)
    {
        _options = options;
        Directory = directory;
        Time = time;
        World = SandboxWorldFactory.Create(new SandboxServices(
            options, Directory, Time, new CountingRandom(), _authorizations, Publisher, NullLoggerFactory.Instance));
        _router = new RpcRouter(World.HomeDc, NullLogger.Instance);
        foreach (var module in World.Modules)
        {
            module.Map(_router);
        }
    }

    public string Directory { get; }

    public string JournalPath => Path.Combine(Directory, SandboxWorldFactory.JournalName);

    public ManualTimeProvider Time { get; }

    public ISandboxWorld World { get; }

    public RecordingPublisher Publisher { get; } = new();

    /// <summary>The same world after its process was ended and started again.</summary>
    public async Task<WorldFixture> RestartAsync()
    {
        await World.DisposeAsync();
        return new WorldFixture(this);
    }

    /// <summary>A client nobody has signed in with yet.</summary>
    public WorldClient Connect(int dc = 2)
    {
        var number = Interlocked.Increment(ref _lastSession);
        return new WorldClient(_router, Publisher, _authorizations, Time, authKeyId: 1000 + number, sessionId: number, dc);
    }

    /// <summary>A client of an operator, signed in without the ceremony.</summary>
    public WorldClient SignedIn(int operatorNumber)
    {
        var client = Connect();
        client.SignInAs(Population.OperatorId(operatorNumber));
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }
}
