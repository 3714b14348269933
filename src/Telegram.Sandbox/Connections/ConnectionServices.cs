using Telegram.Mtproto;
using Telegram.Mtproto.Handshake;
using Telegram.Sandbox.Faults;
using Telegram.Sandbox.Keys;
using Telegram.Sandbox.Sessions;

namespace Telegram.Sandbox.Connections;

/// <summary>What every connection needs of the server.</summary>
internal sealed record ConnectionServices(
    SandboxOptions Options,
    ServerHandshakeOptions Handshake,
    AuthKeyStore Keys,
    SessionServices Sessions,
    FaultBoard Faults,
    ByteBudget UnfinishedFrames,
    Counters Counters,
    TimeProvider Time,
    IRandomSource Random);
