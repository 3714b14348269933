namespace Telegram.Mtproto.Session.Wire;

/// <summary>Sizes that both sides keep to, in bytes (<see href="https://core.telegram.org/mtproto/service_messages#simple-container"/>).</summary>
internal static class PayloadLayout
{
    /// <summary>Identifier, sequence number and length: before every message of a container.</summary>
    public const int MessageHeader = 16;

    /// <summary>Constructor number and count of a container.</summary>
    public const int ContainerHeader = 8;

    /// <summary>The most messages put into one container: the specification allows 1024, clients agree on 1020.</summary>
    public const int MaxContainerMessages = 1020;

    /// <summary>The most messages accepted in one container.</summary>
    public const int MaxReceivedContainerMessages = 1024;
}
