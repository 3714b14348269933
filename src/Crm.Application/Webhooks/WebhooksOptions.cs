namespace Crm.Application.Webhooks;

/// <summary>The configuration section <c>Webhooks</c>.</summary>
public sealed class WebhooksOptions
{
    /// <summary>Whether a target may lie in this machine's or a private network.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Whether a target may be addressed without encryption.</summary>
    public bool AllowHttp { get; set; }
}
