using System.Globalization;

namespace Crm.Infrastructure.Persistence.AccountData;

/// <summary>What stands in the place of a closed account's login key: unique, and no login, which may hold no control character.</summary>
internal static class ClosedLogin
{
    public static string Key(long accountId) => string.Create(CultureInfo.InvariantCulture, $"\u0001{accountId}");
}
