using Crm.Application.AccountAuth;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.GetMessages;

/// <summary>
/// Streams an account's stored messages by dialog, then time, then Telegram's id. With <paramref name="Limit"/> they are those
/// with the lowest ids after <paramref name="AfterId"/>, so that a caller can go on from the highest id it has seen.
/// </summary>
public sealed record GetMessagesQuery(
    long CallerAccountId, long AccountId, string? Messenger, long? PeerId, long? AfterId, int? Limit)
    : IRequest<Result<IAsyncEnumerable<MessageRow>>>
{
    public override string ToString() => $"{nameof(GetMessagesQuery)} of account {AccountId}";
}

internal sealed class GetMessagesHandler(IMessageStore messages)
    : IRequestHandler<GetMessagesQuery, Result<IAsyncEnumerable<MessageRow>>>
{
    public Task<Result<IAsyncEnumerable<MessageRow>>> Handle(GetMessagesQuery request, CancellationToken cancellationToken) =>
        Task.FromResult(Read(request, cancellationToken));

    private Result<IAsyncEnumerable<MessageRow>> Read(GetMessagesQuery request, CancellationToken cancellationToken)
    {
        var messenger = Messenger.Parse(request.Messenger);
        if (!messenger.IsSuccess)
        {
            return messenger.Error;
        }

        if (request.AccountId != request.CallerAccountId)
        {
            return AccountErrors.NotFound;
        }

        var filter = new MessageFilter(request.AccountId)
        {
            Messenger = string.IsNullOrEmpty(request.Messenger) ? null : messenger.Value.Name,
            DialogId = request.PeerId,
            AfterId = request.AfterId,
            Limit = request.Limit,
        };
        return Result.Success(messages.ReadAsync(filter, cancellationToken));
    }
}
