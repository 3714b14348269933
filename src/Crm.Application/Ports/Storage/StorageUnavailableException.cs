namespace Crm.Application.Ports.Storage;

/// <summary>What keeps the storage from answering.</summary>
public enum StorageTrouble
{
    /// <summary>Another process, or too many of our own calls, hold it.</summary>
    Busy,
    Full,
    Unreachable,
    ReadOnly,
    Damaged,

    /// <summary>A newer version of the program has already changed its schema.</summary>
    Newer,

    /// <summary>It is being copied from elsewhere, and holds only a part yet.</summary>
    Incomplete,

    /// <summary>The keys its secrets are encrypted with are missing.</summary>
    KeysMissing,

    /// <summary>Another process speaks with Telegram now and stores what comes from there.</summary>
    OwnedElsewhere,
}

/// <summary>The storage can't answer now; nothing was changed. The API answers it with 503.</summary>
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException(StorageTrouble trouble, string message, Exception? innerException = null)
        : base(message, innerException) => Trouble = trouble;

    public StorageTrouble Trouble { get; }
}
