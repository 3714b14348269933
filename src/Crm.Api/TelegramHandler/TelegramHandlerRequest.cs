namespace Crm.Api.TelegramHandler;

/// <summary>Whether new messages are to be kept.</summary>
public sealed class TelegramHandlerRequest
{
    /// <summary>false stops it; anything else, and no body at all, starts it.</summary>
    public bool? Flag { get; set; }
}
