using System.Net;

namespace Crm.Domain.Access;

/// <summary>Addresses that callers may come from: one (<c>203.0.113.7</c>) or a network (<c>2001:db8::/32</c>).</summary>
public static class AddressRule
{
    public static bool IsValid(string? rule) => TryParse(rule) is not null;

    /// <summary>Whether a caller's address is one of them. IPv4 that came over an IPv6 socket is the IPv4 it is.</summary>
    public static bool Allows(IReadOnlyCollection<string> rules, IPAddress? caller) =>
        rules.Count == 0 || (caller is not null && rules.Any(rule => TryParse(rule)?.Contains(CallerAddress.Plain(caller)) == true));

    private static IPNetwork? TryParse(string? rule)
    {
        if (IPAddress.TryParse(rule, out var address))
        {
            var plain = CallerAddress.Plain(address);
            return new IPNetwork(plain, plain.GetAddressBytes().Length * 8);
        }

        return IPNetwork.TryParse(rule, out var network) ? network : null;
    }
}
