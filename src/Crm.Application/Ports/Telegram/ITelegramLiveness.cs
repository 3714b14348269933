namespace Crm.Application.Ports.Telegram;

/// <summary>Whether messages flow.</summary>
public interface ITelegramLiveness
{
    /// <summary>Looks at the connections of this process that listen; cheap.</summary>
    TelegramLiveness Look();
}

/// <summary>How many connections that listen there are.</summary>
/// <param name="Live">Telegram answers them, and what it tells is being stored.</param>
/// <param name="Away">The others: Telegram or the database can't be reached, or they are on the way.</param>
public sealed record TelegramLiveness(int Live, int Away);
