using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using MediatR;

namespace Crm.Application.GetRevisions;

/// <summary>What one of the account's messages said before its edits, oldest first.</summary>
public sealed record GetRevisionsQuery(long AccountId, long MessageRowId) : IRequest<Result<IReadOnlyList<MessageRevision>>>;

internal sealed class GetRevisionsHandler(IMessageStore messages)
    : IRequestHandler<GetRevisionsQuery, Result<IReadOnlyList<MessageRevision>>>
{
    public async Task<Result<IReadOnlyList<MessageRevision>>> Handle(GetRevisionsQuery request, CancellationToken cancellationToken)
    {
        var revisions = await messages.ListRevisionsAsync(request.AccountId, request.MessageRowId, cancellationToken);
        return revisions is null ? MessageErrors.NotFound : Result.Success(revisions);
    }
}
