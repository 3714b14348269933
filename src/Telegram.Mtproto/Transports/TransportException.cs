namespace Telegram.Mtproto.Transports;

/// <summary>The other side sent what is no frame. The stream cannot be read any further: close the connection.</summary>
public sealed class TransportException : Exception
{
    internal TransportException(TransportFault fault)
        : base($"The stream is broken: {fault}.") => Fault = fault;

    /// <summary>What is wrong.</summary>
    public TransportFault Fault { get; }
}
