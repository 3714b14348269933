using Crm.Application.Ownership;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Dialogs;
using MediatR;

namespace Crm.Application.TelegramLoad;

/// <summary>Lists the operator's dialogs and stores them.</summary>
public sealed record TelegramLoadCommand(long AccountId) : IRequest<Result<IReadOnlyList<DialogSummary>>>, ITelegramRequest;

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

internal sealed class TelegramLoadHandler(ConnectionAccess access, PeerFinder peers)
    : IRequestHandler<TelegramLoadCommand, Result<IReadOnlyList<DialogSummary>>>
{
    public async Task<Result<IReadOnlyList<DialogSummary>>> Handle(TelegramLoadCommand request, CancellationToken cancellationToken)
    {
        var connection = await access.RequireAuthorizedAsync(request.AccountId, cancellationToken);
        if (!connection.IsSuccess)
        {
            return connection.Error;
        }

        var dialogs = await peers.RefreshAsync(connection.Value, cancellationToken);
        return dialogs.Map(IReadOnlyList<DialogSummary> (listed) => [.. listed.Select(Describe)]);
    }

    private static DialogSummary Describe(TelegramDialog dialog) => new()
    {
        Username = dialog.Peer.Username,
        Id = dialog.Peer.DialogId,
        Phone = dialog.Peer.Phone,
        Type = dialog.Peer.Type,
        Title = dialog.Peer.Title,
        UnreadCount = dialog.UnreadCount,
        LastMessage = dialog.TopMessage?.Text,
        Timestamp = dialog.TopMessage?.Date,
    };
}
