namespace Crm.Application.Ownership;

/// <summary>Whether this process is the one that speaks with Telegram. Another one reads, queues sends, and takes over when that one ends.</summary>
public interface ITelegramOwnership
{
    bool IsHeld { get; }
}

/// <summary>Told when this process begins and ceases to be the one that speaks with Telegram.</summary>
public interface IOwnershipObserver
{
    void Gained();

    /// <summary>Completes when nothing of this process speaks with Telegram any more.</summary>
    Task LostAsync();
}

/// <summary>A request that only the process that speaks with Telegram can answer.</summary>
public interface ITelegramRequest;
