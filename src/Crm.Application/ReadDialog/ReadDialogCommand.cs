using Crm.Application.Ownership;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using MediatR;

namespace Crm.Application.ReadDialog;

/// <summary>Tells Telegram that a dialog has been read up to a message; the other side sees it.</summary>
public sealed record ReadDialogCommand(long AccountId, long DialogId, int MessageId) : IRequest<Result>, ITelegramRequest;

internal sealed class ReadDialogHandler(
    ConnectionAccess access, PeerFinder peers, ITelegramGateway gateway, IMessageStore messages) : IRequestHandler<ReadDialogCommand, Result>
{
    public async Task<Result> Handle(ReadDialogCommand request, CancellationToken cancellationToken)
    {
        var dialog = await peers.FindAsync(request.AccountId, request.DialogId, cancellationToken);
        return dialog.IsSuccess ? await ReadAsync(dialog.Value.Connection, dialog.Value.Peer, request.MessageId, cancellationToken) : dialog.Error;
    }

    private async Task<Result> ReadAsync(Connection connection, DialogPeer peer, int messageId, CancellationToken cancellationToken)
    {
        var call = gateway.ReadHistoryAsync(connection, peer, messageId, cancellationToken);
        var read = await access.WatchAsync(connection, call, cancellationToken);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        // Telegram tells the account's other devices, not the one that did it.
        var mark = new ReadMark(peer.DialogId, ReadBox.Inbox, messageId);
        await messages.IngestAsync(new IngestBatch(connection.Id) { Reads = [mark] }, cancellationToken);
        return Result.Success();
    }
}
