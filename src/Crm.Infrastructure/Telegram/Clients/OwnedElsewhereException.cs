namespace Crm.Infrastructure.Telegram.Clients;

/// <summary>Another process speaks with Telegram; with the same keys from here it would end every session.</summary>
internal sealed class OwnedElsewhereException() : Exception("Another process speaks with Telegram.");
