using Crm.Application.Ports.Storage;
using Crm.Application.TelegramSend;
using Crm.Domain;
using MediatR;

namespace Crm.Application.GetSend;

/// <summary>How far one of the account's sends has come.</summary>
public sealed record GetSendQuery(long AccountId, long SendId) : IRequest<Result<SendState>>;

/// <summary>A send, its message's row as far as it is known, and why it failed if it did.</summary>
public sealed record SendState(SendResult Result, Error? Error);

internal sealed class GetSendHandler(ISendStore sends) : IRequestHandler<GetSendQuery, Result<SendState>>
{
    public async Task<Result<SendState>> Handle(GetSendQuery request, CancellationToken cancellationToken)
    {
        if (await sends.FindAsync(request.SendId, cancellationToken) is not { } send || send.AccountId != request.AccountId)
        {
            return SendErrors.NotFound;
        }

        var row = send.Status is SendStatus.Sent ? await sends.FindMessageAsync(send, cancellationToken) : null;
        return new SendState(SendResult.Describe(send, send.Status, row), send.Error);
    }
}
