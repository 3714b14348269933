using System.Security.Cryptography;

namespace Crm.Infrastructure.Persistence;

/// <summary>What an account's tokens carry: 128 random bits.</summary>
internal static class SecurityStamp
{
    private const int Length = 32;

    public static string New() => RandomNumberGenerator.GetHexString(Length);
}
