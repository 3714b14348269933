using Crm.Application.Telegram;
using Crm.Domain;
using MediatR;

namespace Crm.Application.Ownership;

/// <summary>Refuses what needs Telegram while another process speaks with it, before anything is changed.</summary>
internal sealed class OwnershipBehavior<TRequest, TResponse>(ITelegramOwnership ownership) : IPipelineBehavior<TRequest, TResponse>
    where TResponse : IFailable<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        request is ITelegramRequest && !ownership.IsHeld
            ? Task.FromResult(TResponse.FromError(TelegramErrors.OwnedElsewhere))
            : next();
}
