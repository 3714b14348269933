using Telegram.Client;

namespace Crm.Infrastructure.Telegram;

/// <summary>How all clients reach Telegram.</summary>
/// <param name="Proxy">What they go through; null for nothing.</param>
public sealed record TelegramRoute(ProxyOptions? Proxy);
