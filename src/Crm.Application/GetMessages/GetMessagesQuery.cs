using Crm.Application.Messages;
using Crm.Domain;
using MediatR;

namespace Crm.Application.GetMessages;

/// <summary>
/// Streams an account's stored messages by dialog, then time, then Telegram's id. With <paramref name="Limit"/> they are those
/// with the lowest ids after <paramref name="AfterId"/>, so that a caller can go on from the highest id it has seen.
/// </summary>
public sealed record GetMessagesQuery(
    long CallerAccountId, long AccountId, string? Messenger, long? PeerId, long? AfterId, int? Limit)
    : IRequest<Result<IAsyncEnumerable<MessageRow>>>;
