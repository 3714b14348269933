using Telegram.Client;

namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>A connection's client, and the number of the session it was made with: its end is no news about a later one.</summary>
internal sealed record PooledClient(TelegramClient Client, int SessionNumber);
