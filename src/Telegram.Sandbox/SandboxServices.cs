using Telegram.Mtproto;
using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Updates;

namespace Telegram.Sandbox;

/// <summary>What the world gets from the server.</summary>
/// <param name="Options">How the sandbox was started.</param>
/// <param name="Directory">Where the world may keep files; it exists.</param>
/// <param name="Time">The sandbox's clock, which the fault <c>clock</c> moves.</param>
/// <param name="Random">Where chance comes from.</param>
/// <param name="Authorizations">Who is signed in.</param>
/// <param name="Updates">How people's clients hear of news.</param>
/// <param name="Loggers">Where the world logs.</param>
internal sealed record SandboxServices(
    SandboxOptions Options,
    string Directory,
    TimeProvider Time,
    IRandomSource Random,
    IAuthorizations Authorizations,
    IUpdatePublisher Updates,
    ILoggerFactory Loggers);
