using Crm.Application.GetRevisions;
using Crm.Application.Imports;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Application.Telegram;
using Crm.Domain;
using MediatR;

namespace Crm.Application.GetDialogMessages;

/// <summary>The latest stored messages of a dialog, or those just before a row of it: what a reader who scrolls back wants next.</summary>
public sealed record GetDialogMessagesQuery(long AccountId, long DialogId, long? Before, int? Limit) : IRequest<Result<DialogMessages>>;

/// <summary>A page of a dialog, oldest first.</summary>
/// <param name="Messages">Its rows.</param>
/// <param name="HasMore">Whether older ones are stored.</param>
/// <param name="IsComplete">Whether every message from the first to the newest stored one is stored; else an import brings what is missing.</param>
public sealed record DialogMessages(IReadOnlyList<MessageRow> Messages, bool HasMore, bool IsComplete);

internal sealed class GetDialogMessagesHandler(IConnectionStore connections, IMessageStore messages, ICoverageStore coverage)
    : IRequestHandler<GetDialogMessagesQuery, Result<DialogMessages>>
{
    private const int DefaultLimit = 50;

    public async Task<Result<DialogMessages>> Handle(GetDialogMessagesQuery request, CancellationToken cancellationToken)
    {
        if (await connections.FindCurrentAsync(request.AccountId, cancellationToken) is not { } connection)
        {
            return TelegramErrors.NotAuthorized;
        }

        // The ranges first: a page that is stored in between makes them say less than there is, never more.
        var ranges = await coverage.ListAsync(connection.Id, request.DialogId, cancellationToken);
        var limit = request.Limit ?? DefaultLimit;
        var rows = await messages.ListBeforeAsync(connection.Id, request.DialogId, request.Before, limit + 1, cancellationToken);
        return rows is null
            ? MessageErrors.NotFound
            : new DialogMessages([.. rows.TakeLast(limit)], rows.Count > limit, Holes.FindNewest(ranges) is null);
    }
}
