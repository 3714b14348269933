using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Telegram.Mtproto;
using Telegram.Mtproto.Handshake;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Connections;
using Telegram.Sandbox.Faults;
using Telegram.Sandbox.Keys;
using Telegram.Sandbox.Modules;
using Telegram.Sandbox.Proxies;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.Sessions;
using Telegram.Sandbox.Storage;
using Telegram.Sandbox.Updates;

namespace Telegram.Sandbox;

/// <summary>Puts a sandbox together.</summary>
internal sealed record SandboxParts(
    DataCenterHost DataCenters, ISandboxWorld World, IFaultTarget FaultTarget, Func<SandboxStats> Stats, string PublicKeyPem)
{
    private const int MaxReadBuffer = 256 * 1024;
    private const int MaxWriteBuffer = 256 * 1024;
    private const int ListenBacklog = 4096;
    private const long MaxUnfinishedFrames = 256 * 1024 * 1024;

    public static SandboxParts Make(
        DisposalStack made,
        SandboxOptions options,
        Func<SandboxServices, ISandboxWorld> createWorld,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        var directory = Directory.CreateDirectory(Path.Combine(options.DataDirectory, "sandbox")).FullName;
        var rsa = RsaKeyFile.LoadOrCreate(directory);
        var random = CryptographicRandomSource.Instance;
        var clock = new SandboxClock(time);
        var counters = new Counters();
        var board = new FaultBoard(time);
        var keys = made.Add(new AuthKeyStore(Path.Combine(directory, "auth-keys.jsonl"), clock, random));
        var authorizations = made.Add(new AuthorizationStore(Path.Combine(directory, "authorizations.jsonl"), clock));
        var sessions = new SessionRegistry();
        var publisher = new UpdatePublisher(authorizations, sessions, board);
        authorizations.Revoked = publisher.TellRevoked;
        var world = made.Add(createWorld(new SandboxServices(options, directory, clock, random, authorizations, publisher, loggers)));

        var router = new RpcRouter(world.HomeDc, loggers.CreateLogger<RpcRouter>());
        var executor = new RpcExecutor(router, board, counters, keys, authorizations, clock, loggers.CreateLogger<RpcExecutor>());
        var reader = new RequestReader(loggers.CreateLogger<RequestReader>());
        var sessionServices = new SessionServices(sessions, keys, authorizations, reader, executor, counters, clock, random);
        var handshake = new ServerHandshakeOptions { Keys = [rsa] };
        var connections = new ConnectionRegistry(options.MaxConnections);
        var services = new ConnectionServices(
            options, handshake, keys, sessionServices, board, new ByteBudget(MaxUnfinishedFrames), counters, clock, random);
        var ports = made.Add(new HeldPorts());
        var host = made.Add(new DataCenterHost(
            Transport(ports, loggers), ports, services, connections, ProxyGate.From(options, time, random), loggers.CreateLogger<DataCenterHost>()));
        Map(router, world, authorizations, keys, host);

        return new SandboxParts(
            host,
            world,
            new FaultTarget(board, clock, connections, keys, authorizations, world, host),
            () => new SandboxStats(connections.Count, sessions.Count, keys.Count, counters.Accepted, counters.Rpcs(), counters.Rejected()),
            rsa.PublicKey.ToPem());
    }

    private static void Map(RpcRouter router, ISandboxWorld world, IAuthorizations authorizations, AuthKeyStore keys, DataCenterHost host)
    {
        IRpcModule[] modules =
        [
            new HelpModule(() => host.DataCenters),
            new TransferModule(authorizations, () => host.DataCenters, world.Self),
            new TemporaryKeyModule(keys),
            .. world.Modules,
        ];
        foreach (var module in modules)
        {
            module.Map(router);
        }
    }

    private static SocketTransportFactory Transport(HeldPorts ports, ILoggerFactory loggers) => new(
        Options.Create(new SocketTransportOptions
        {
            Backlog = ListenBacklog,
            NoDelay = true,
            MaxReadBufferSize = MaxReadBuffer,
            MaxWriteBufferSize = MaxWriteBuffer,
            CreateBoundListenSocket = ports.Take,
        }),
        loggers);
}
