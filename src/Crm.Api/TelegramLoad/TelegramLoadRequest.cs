namespace Crm.Api.TelegramLoad;

/// <summary>Nothing is asked; the request works with what is already running.</summary>
public sealed class TelegramLoadRequest;
