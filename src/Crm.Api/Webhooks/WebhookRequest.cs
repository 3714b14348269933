using System.ComponentModel.DataAnnotations;
using Crm.Api.Documentation;
using Crm.Application.Ports.Storage;

namespace Crm.Api.Webhooks;

/// <summary>A webhook to register.</summary>
public sealed class WebhookRequest
{
    /// <summary>Where events are posted to.</summary>
    [Required]
    [StringLength(2048, MinimumLength = 1)]
    public string? Url { get; set; }

    /// <summary>What they are signed with: 16–255 visible ASCII characters; one is made when it is not given.</summary>
    [StringLength(255, MinimumLength = 16)]
    public string? Secret { get; set; }

    /// <summary>The types to be told of; all when none are given.</summary>
    [OneOf(
        EventTypes.MessageReceived, EventTypes.MessageSent, EventTypes.MessageEdited, EventTypes.MessageDeleted, EventTypes.DialogRead,
        EventTypes.SendQueued, EventTypes.SendSent, EventTypes.SendFailed, EventTypes.ConnectionStatus, EventTypes.ConnectionTelegram,
        EventTypes.ImportProgress)]
    public IReadOnlyList<string>? Events { get; set; }

    /// <summary>false registers it switched off; replay switches it on. true when it is not given.</summary>
    public bool? Active { get; set; }
}

/// <summary>Where to tell a webhook from.</summary>
public sealed class ReplayRequest
{
    /// <summary>The id of the event after which to begin; where the webhook stopped when it is not given.</summary>
    [AtLeast(0)]
    public long? After { get; set; }
}
