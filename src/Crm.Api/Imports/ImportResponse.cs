using Crm.Application.Ports.Storage;

namespace Crm.Api.Imports;

/// <summary>An import of a dialog's history and how far it has come. Times are Unix seconds.</summary>
public sealed class ImportResponse
{
    /// <summary>The import's id.</summary>
    public required long Id { get; init; }

    /// <summary>The dialog's id.</summary>
    public required long IdUser { get; init; }

    /// <summary>running; interrupted: it goes on by itself, unless error_code says import.paused; done; failed: error_code says why.</summary>
    public required ImportState State { get; init; }

    /// <summary>Messages it has stored.</summary>
    public required long Stored { get; init; }

    /// <summary>How many messages the dialog has, as Telegram reports it.</summary>
    public required int? Total { get; init; }

    /// <summary>Messages stored in a second of work.</summary>
    public required double? Rate { get; init; }

    /// <summary>Seconds until it is done at that rate; null when unknown.</summary>
    public required long? SecondsLeft { get; init; }

    /// <summary>When it began.</summary>
    public required long StartedAt { get; init; }

    /// <summary>When it last stored something.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>Null while it is not over.</summary>
    public required long? FinishedAt { get; init; }

    /// <summary>Why it failed or was interrupted; null otherwise.</summary>
    public required string? ErrorCode { get; init; }

    internal static ImportResponse From(Import import) => new()
    {
        Id = import.Id,
        IdUser = import.DialogId,
        State = import.State,
        Stored = import.Stored,
        Total = import.Total,
        Rate = import.Rate,
        SecondsLeft = import.SecondsLeft,
        StartedAt = import.StartedMs / 1000,
        UpdatedAt = import.UpdatedMs / 1000,
        FinishedAt = import.FinishedMs / 1000,
        ErrorCode = import.ErrorCode,
    };
}
