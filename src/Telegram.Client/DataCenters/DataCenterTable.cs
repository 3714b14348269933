using System.Net;
using Telegram.Mtproto.Crypto;

namespace Telegram.Client;

/// <summary>
/// The data centres a client may connect to and the RSA keys it trusts there. Immutable; one table serves any number of clients.
/// See <see href="https://core.telegram.org/api/datacenter"/>.
/// </summary>
public sealed class DataCenterTable
{
    private const int MaxDataCenterId = 1000;

    private readonly Dictionary<int, DataCenterAddress[]> _addresses;

    private DataCenterTable(IEnumerable<DataCenterAddress> addresses, IEnumerable<RsaPublicKey> keys, int defaultDataCenter, bool isTest)
    {
        _addresses = addresses.GroupBy(address => address.DataCenterId).ToDictionary(group => group.Key, group => group.ToArray());
        Keys = [.. keys];
        DefaultDataCenter = defaultDataCenter;
        IsTest = isTest;
    }

    /// <summary>Telegram itself.</summary>
    public static DataCenterTable Production { get; } = new(
        PublishedAddresses.Production, [TelegramPublicKeys.Production], PublishedAddresses.DefaultDataCenter, isTest: false);

    /// <summary>Telegram's public test servers, a world apart from <see cref="Production"/>.</summary>
    public static DataCenterTable Test { get; } = new(
        PublishedAddresses.Test, [TelegramPublicKeys.Test], PublishedAddresses.DefaultDataCenter, isTest: true);

    /// <summary>The data centre a new session begins with.</summary>
    public int DefaultDataCenter { get; }

    /// <summary>The handshake names test data centres with 10000 added.</summary>
    public bool IsTest { get; }

    internal IReadOnlyList<RsaPublicKey> Keys { get; }

    /// <summary>A table of one's own, for a sandbox or another private server.</summary>
    /// <param name="addresses">At least one address that is not media-only for <paramref name="defaultDataCenter"/>.</param>
    /// <param name="publicKeysPem">The servers' RSA keys, PEM (PKCS#1 or SPKI).</param>
    /// <param name="defaultDataCenter">The data centre a new session begins with.</param>
    /// <exception cref="ArgumentException">An address, a number or a key is not usable.</exception>
    public static DataCenterTable Custom(
        IEnumerable<DataCenterAddress> addresses, IEnumerable<string> publicKeysPem, int defaultDataCenter = 2)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(publicKeysPem);
        var table = new DataCenterTable(Checked(addresses), publicKeysPem.Select(ReadKey), defaultDataCenter, isTest: false);
        if (table.Keys.Count == 0)
        {
            throw new ArgumentException("At least one public key is needed.", nameof(publicKeysPem));
        }

        if (!table.Contains(defaultDataCenter))
        {
            throw new ArgumentException($"No address for the default data centre {defaultDataCenter}.", nameof(addresses));
        }

        return table;
    }

    /// <summary>The addresses of a data centre in the order they are tried; empty when it is not in the table.</summary>
    public IReadOnlyList<DataCenterAddress> AddressesOf(int dataCenter) => _addresses.GetValueOrDefault(dataCenter, []);

    /// <summary>How the protocol names a data centre: test servers have 10000 added.</summary>
    internal int WireId(int dataCenter) => IsTest ? dataCenter + 10_000 : dataCenter;

    /// <summary>An account can live in this data centre.</summary>
    internal bool Contains(int dataCenter) => AddressesOf(dataCenter).Any(address => !address.MediaOnly);

    private static RsaPublicKey ReadKey(string pem)
    {
        try
        {
            return RsaPublicKey.FromPem(pem);
        }
        catch (FormatException error)
        {
            throw new ArgumentException("A public key cannot be read.", nameof(pem), error);
        }
    }

    private static IEnumerable<DataCenterAddress> Checked(IEnumerable<DataCenterAddress> addresses)
    {
        foreach (var address in addresses)
        {
            if (address.DataCenterId is < 1 or > MaxDataCenterId)
            {
                throw new ArgumentException($"A data centre's number lies between 1 and {MaxDataCenterId}.", nameof(addresses));
            }

            if (address.EndPoint.Port is < 1 or > IPEndPoint.MaxPort)
            {
                throw new ArgumentException("A port lies between 1 and 65535.", nameof(addresses));
            }

            yield return address;
        }
    }
}
