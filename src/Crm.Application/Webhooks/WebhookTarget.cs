using System.Net;

namespace Crm.Application.Webhooks;

/// <summary>Which addresses may be registered. Where a name leads is checked again whenever it is connected to.</summary>
internal static class WebhookTarget
{
    private const int MaxLength = 2048;

    /// <summary>What is wrong with a URL; null when nothing is.</summary>
    public static string? FindProblem(string? text, WebhooksOptions options)
    {
        if (text is not { Length: > 0 and <= MaxLength } || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            return $"Must be an http or https address of at most {MaxLength} characters.";
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return "Must have neither user and password nor a fragment.";
        }

        if (url.Scheme == "http" && !options.AllowHttp)
        {
            return "Must be an https address.";
        }

        return options.AllowPrivateNetworks || !IPAddress.TryParse(url.IdnHost, out var address) || PublicAddresses.Contain(address)
            ? null
            : "Must not lie in this machine's or a private network.";
    }
}
