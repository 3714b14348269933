using Crm.Domain;
using MediatR;

namespace Crm.Application.TelegramHandler;

/// <summary>Starts or stops keeping every new message.</summary>
public sealed record TelegramHandlerCommand(long AccountId, bool Listen) : IRequest<Result<ListeningState>>;

/// <summary>Whether new messages are kept, and since when, in Unix seconds.</summary>
public sealed class ListeningState
{
    public required bool Listening { get; init; }

    public long? Since { get; init; }
}
