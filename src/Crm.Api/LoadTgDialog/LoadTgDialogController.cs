using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Api.Messages;
using Crm.Application.LoadTgDialog;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.LoadTgDialog;

/// <summary>A dialog's whole history.</summary>
public sealed class LoadTgDialogController(IMediator mediator) : CrmController
{
    /// <summary>Stores the whole dialog and streams it, oldest first. A second call fetches only what is missing.</summary>
    [HttpPost("load_tgdialog")]
    [Access(AccessScopes.Read)]
    [RequestExample("load_tgdialog", """{"user_id": 1001}""")]
    [RequestExample("by id", """{"id": 1001}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"id": 41, "id_account": 1, "messenger": "telegram", "message": "Здравствуйте!", "answer": 0, "timestamp": 1767225600,
          "id_user": 1001, "message_id": 76, "edited_at": null, "deleted_at": null, "revisions": 0}]
        """)]
    [ProducesResponseType<MessageResponse[]>(StatusCodes.Status200OK)]
    [Refuses(StatusCodes.Status404NotFound)]
    [Refuses(StatusCodes.Status409Conflict)]
    [Refuses(StatusCodes.Status502BadGateway)]
    public async Task<IActionResult> LoadAsync(LoadTgDialogRequest request, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new LoadTgDialogCommand(CallerAccountId, request.Dialog), cancellationToken);
        return Answer(result, rows => new MessageStreamResult(rows, MessageLayout.Array));
    }
}
