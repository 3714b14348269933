namespace Telegram.Mtproto.Proxies;

/// <summary>A stream that should look like TLS can't be read any further. The only thing to do is to close the connection.</summary>
public sealed class FakeTlsException : Exception
{
    internal FakeTlsException(FakeTlsFault fault)
        : base($"The stream is no fake TLS: {fault}.") => Fault = fault;

    /// <summary>What is wrong.</summary>
    public FakeTlsFault Fault { get; }
}
