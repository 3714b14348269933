using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Session;

namespace Telegram.Client;

/// <summary>Makes an authorization key over a fresh link. See <see href="https://core.telegram.org/mtproto/auth_key"/>.</summary>
internal sealed class KeyExchange(int dataCenterId, TelegramClientOptions options)
{
    public async Task<(AuthKey Key, ClientSessionState State)> RunAsync(Link link, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.HandshakeTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        await using var closing = either.Token.Register(static state => ((Link)state!).Close(), link);
        var handshake = new ClientHandshake(
            options.DataCenters.Keys,
            new ClientHandshakeOptions { DataCenter = options.DataCenters.WireId(dataCenterId) },
            options.Random);
        try
        {
            handshake.Start(link.Payload, Now);
            await SendAsync(link);
            while (!await TakeAsync(handshake, link))
            {
                await SendAsync(link);
            }
        }
        catch (HandshakeException error)
        {
            throw new LinkException(LinkEnd.Refused, "The key exchange with Telegram failed.", error);
        }
        catch (LinkException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        var result = handshake.Result;
        return (result.AuthKey, ClientSessionState.AfterHandshake(result.FirstSalt, result.TimeOffset));
    }

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    private async Task SendAsync(Link link)
    {
        link.Frame();
        if (!await link.SendAsync())
        {
            throw Closed();
        }
    }

    /// <summary>Takes the next answer; true when it was the last.</summary>
    private async Task<bool> TakeAsync(ClientHandshake handshake, Link link)
    {
        Memory<byte> payload;
        int? error;
        while (!link.TryRead(out payload, out error))
        {
            if (!await link.ReceiveAsync())
            {
                throw Closed();
            }
        }

        return error is { } code
            ? throw new LinkException(LinkEnds.FromTransportError(code), $"Telegram refused the key exchange with transport error {code}.")
            : handshake.Receive(payload.Span, link.Payload, Now);
    }

    /// <summary>An MTProxy says nothing to who does not know its secret, and closes.</summary>
    private LinkException Closed() => new(
        LinkEnd.Closed,
        options.Proxy is MtProxy proxy
            ? $"The connection through the {proxy} ended during the key exchange: its secret may be another one."
            : "The connection ended during the key exchange.");
}
