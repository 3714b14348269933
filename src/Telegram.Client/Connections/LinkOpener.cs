using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;

namespace Telegram.Client;

/// <summary>Opens a link to a data centre and sees to it that there is a key, stored before it is used, and a session with it.</summary>
internal sealed class LinkOpener(int dataCenterId, ConnectionContext context, RpcChannel channel)
{
    private readonly AddressRace _race = new(context.Connector, context.Options);
    private readonly KeyExchange _exchange = new(dataCenterId, context.Options);

    /// <summary>A link ready for encrypted messages, or a <see cref="TelegramConnectionException"/>.</summary>
    public async Task<Link> OpenAsync(CancellationToken cancellationToken)
    {
        var addresses = context.Addresses.AddressesOf(dataCenterId);
        if (addresses.Count == 0)
        {
            throw new TelegramConnectionException($"No address of data centre {dataCenterId} is known.");
        }

        // An MTProxy finds the data centre by its number: to ask it for one address after the other would change nothing.
        var (stream, address) = await _race.RunAsync(context.Options.Proxy is MtProxy ? [addresses[0]] : addresses, cancellationToken);
        var link = new Link(stream, address, context.Options);
        try
        {
            var key = context.Session.Current.KeyOf(dataCenterId) ?? await MakeKeyAsync(link, cancellationToken);
            if (!channel.Uses(key.Key))
            {
                channel.Attach(new ClientSession(key.Key, ClientSessionOptions.Default, context.Options.Random, key.State));
            }

            link.Trust();
            ClientLog.Connected(context.Options.Logger, dataCenterId, address.EndPoint);
            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    private async Task<DataCenterKey> MakeKeyAsync(Link link, CancellationToken cancellationToken)
    {
        var (key, state) = await _exchange.RunAsync(link, cancellationToken);
        await StoreAsync(key, state, cancellationToken);
        ClientLog.KeyMade(context.Options.Logger, dataCenterId);
        return new DataCenterKey(key, state, SignedIn: false);
    }

    private async Task StoreAsync(AuthKey key, ClientSessionState state, CancellationToken cancellationToken)
    {
        try
        {
            await context.Session.ChangeAsync(session => session.WithKey(dataCenterId, key, state), cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The store is the caller's and may fail in any way; the key that was not stored is not used.
            throw new TelegramConnectionException("The new authorization key could not be stored.", error);
        }
    }
}
