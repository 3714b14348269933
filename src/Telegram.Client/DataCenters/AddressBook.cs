using System.Net;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// The addresses one client knows: those of its table, and those Telegram told of since. What is learnt only adds: a wrong or foreign
/// address costs a failed try, it never takes the place of one that works.
/// </summary>
internal sealed class AddressBook(DataCenterTable table, bool obfuscated)
{
    private const int MaxLearnt = 128;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, DataCenterAddress> _working = [];
    private DataCenterAddress[] _learnt = [];

    /// <summary>The addresses to try, best first: the one that worked last, the table's, the learnt ones.</summary>
    public IReadOnlyList<DataCenterAddress> AddressesOf(int dataCenter)
    {
        lock (_lock)
        {
            var known = table.AddressesOf(dataCenter).Concat(_learnt.Where(address => address.DataCenterId == dataCenter))
                .Where(address => !address.MediaOnly);
            return _working.TryGetValue(dataCenter, out var working) ? [.. known.Prepend(working).Distinct()] : [.. known.Distinct()];
        }
    }

    public bool Contains(int dataCenter) => AddressesOf(dataCenter).Count > 0;

    /// <summary>An answer came from there.</summary>
    public void Confirm(DataCenterAddress address)
    {
        lock (_lock)
        {
            _working[address.DataCenterId] = address;
        }
    }

    /// <summary>Takes over what help.getConfig or updateDcOptions say.</summary>
    public void Learn(IEnumerable<DcOption> options)
    {
        DataCenterAddress[] learnt = [.. options.Select(ToAddress).OfType<DataCenterAddress>().Distinct().Take(MaxLearnt)];
        lock (_lock)
        {
            _learnt = learnt;
        }
    }

    private DataCenterAddress? ToAddress(DcOption option)
    {
        var isUsable = !option.Cdn && option.Secret is null && (obfuscated || !option.TcpoOnly)
            && option.Id is > 0 and <= 1000 && option.Port is > 0 and <= IPEndPoint.MaxPort;
        return isUsable && IPAddress.TryParse(option.IpAddress, out var address)
            ? new DataCenterAddress(option.Id, new IPEndPoint(address, option.Port), option.MediaOnly)
            : null;
    }
}
