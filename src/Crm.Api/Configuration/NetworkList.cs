using System.Net;

namespace Crm.Api.Configuration;

/// <summary>Settings that hold several values, and those of them that hold addresses and networks.</summary>
internal static class NetworkList
{
    private static readonly char[] Separators = [',', ';', ' '];

    public static List<IPNetwork> Read(SettingReader reader, string key)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in Items(reader, key))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                reader.Refuse($"{key} must be addresses or networks such as 10.0.0.0/8, separated by commas, but holds \"{text}\".");
            }
        }

        return networks;
    }

    public static string[] Items(SettingReader reader, string key) =>
        reader.Text(key, string.Empty).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
