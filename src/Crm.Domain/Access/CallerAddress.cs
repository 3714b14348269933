using System.Net;
using System.Net.Sockets;

namespace Crm.Domain.Access;

/// <summary>What of a caller's address tells one caller from another.</summary>
public static class CallerAddress
{
    private const int NetworkBytes = 8;

    /// <summary>IPv4 that came over an IPv6 socket is the IPv4 it is.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>An IPv4 address, or the network of an IPv6 one: who has one of those has 2⁶⁴.</summary>
    public static string Network(IPAddress? address) => address is null ? "unknown"
        : Plain(address) is { AddressFamily: AddressFamily.InterNetworkV6 } plain
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, NetworkBytes))
            : Plain(address).ToString();
}
