using System.Net;

namespace Telegram.Client;

/// <summary>What is said to a proxy before the connection through it can be used.</summary>
internal interface IProxyGreeting
{
    /// <summary>Comes to terms with the proxy; the answer is the stream to Telegram.</summary>
    /// <exception cref="TelegramProxyException">The proxy refuses, or is none.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    ValueTask<Stream> GreetAsync(Stream stream, IPEndPoint target, CancellationToken cancellationToken);
}

/// <summary>An MTProxy without disguise is spoken to as Telegram is.</summary>
internal sealed class NoGreeting : IProxyGreeting
{
    public ValueTask<Stream> GreetAsync(Stream stream, IPEndPoint target, CancellationToken cancellationToken) => ValueTask.FromResult(stream);
}
