using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Application.TelegramLoad;
using Crm.Domain;
using MediatR;

namespace Crm.Application.ListDialogs;

/// <summary>
/// The stored dialogs, a page at a time in the order of their ids: that order stays as it is while somebody pages, so that a message
/// which comes meanwhile makes no dialog be passed over.
/// </summary>
public sealed record ListDialogsQuery(long AccountId, long? After, int? Limit) : IRequest<Result<ListedDialogs>>;

/// <summary>A page of dialogs.</summary>
/// <param name="Dialogs">Those of the page.</param>
/// <param name="HasMore">Whether others follow.</param>
public sealed record ListedDialogs(IReadOnlyList<DialogSummary> Dialogs, bool HasMore);

internal sealed class ListDialogsHandler(IConnectionStore connections, IDialogStore dialogs)
    : IRequestHandler<ListDialogsQuery, Result<ListedDialogs>>
{
    private const int DefaultLimit = 100;

    public async Task<Result<ListedDialogs>> Handle(ListDialogsQuery request, CancellationToken cancellationToken)
    {
        if (await connections.FindCurrentAsync(request.AccountId, cancellationToken) is not { } connection)
        {
            return TelegramErrors.NotAuthorized;
        }

        var limit = request.Limit ?? DefaultLimit;
        var stored = await dialogs.ListAsync(connection.Id, request.After, limit + 1, cancellationToken);
        return new ListedDialogs([.. stored.Take(limit).Select(Describe)], stored.Count > limit);
    }

    private static DialogSummary Describe(StoredDialog dialog) => new()
    {
        Username = dialog.Peer.Username,
        Id = dialog.Peer.DialogId,
        Phone = dialog.Peer.Phone,
        Type = dialog.Peer.Type,
        Title = dialog.Peer.Title,
        UnreadCount = dialog.UnreadCount,
        LastMessage = dialog.LastMessage,
        Timestamp = dialog.LastDate,
    };
}
