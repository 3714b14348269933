using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Crm.Application.Webhooks;

/// <summary>
/// Proves to a target that a request is ours and fresh: <c>t=…,v1=…</c>, where v1 is the HMAC-SHA256, in hex, of the time, a dot
/// and the body under the webhook's secret.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-Crm-Signature";

    private const int SecretBytes = 32;

    public static string Sign(string secret, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time), (byte)'.', .. body];
        return $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }

    public static string NewSecret() => $"whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}";
}
