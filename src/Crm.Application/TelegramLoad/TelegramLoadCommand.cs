using Crm.Domain;
using Crm.Domain.Dialogs;
using MediatR;

namespace Crm.Application.TelegramLoad;

/// <summary>Lists the operator's dialogs and stores them.</summary>
public sealed record TelegramLoadCommand(long AccountId) : IRequest<Result<IReadOnlyList<DialogSummary>>>;

/// <summary>A dialog of the list; <see cref="Timestamp"/> is its last message's, in Unix seconds.</summary>
public sealed class DialogSummary
{
    public string? Username { get; init; }

    /// <summary>The marked id.</summary>
    public required long Id { get; init; }

    public string? Phone { get; init; }

    public required DialogType Type { get; init; }

    public required string Title { get; init; }

    public required int UnreadCount { get; init; }

    public string? LastMessage { get; init; }

    public long? Timestamp { get; init; }
}
