using Crm.Domain.Connections;

namespace Crm.Infrastructure.Tests.Persistence;

internal static class Phones
{
    public static Phone Of(string digits) =>
        Phone.TryParse(digits, out var phone) ? phone : throw new ArgumentException("Not a phone.", nameof(digits));
}
