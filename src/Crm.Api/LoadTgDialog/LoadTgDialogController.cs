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
[Tags(ApiTags.Messages)]
public sealed class LoadTgDialogController(IMediator mediator) : CrmController
{
    /// <summary>Imports a dialog's whole history.</summary>
    /// <remarks>
    /// What is missing is fetched from Telegram and stored; then the whole dialog is streamed, oldest first. A second call fetches only
    /// what is new. An answer that ends in the middle of its JSON is not whole: call again.
    /// </remarks>
    [HttpPost("load_tgdialog", Name = "loadTgDialog")]
    [Access(AccessScopes.Read)]
    [RequestExample("load_tgdialog", """{"user_id": 1001}""")]
    [RequestExample("by id", """{"id": 1001}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"id": 41, "id_account": 1, "messenger": "telegram", "message": "Здравствуйте!", "answer": 0, "timestamp": 1767225600,
          "id_user": 1001, "message_id": 76, "edited_at": null, "deleted_at": null, "revisions": 0}]
        """)]
    [ProducesResponseType<MessageResponse[]>(StatusCodes.Status200OK, Description = "The whole dialog, oldest first, as a stream.")]
    [Refuses(
        "dialog.not_found", "import.too_many", "import.paused", While = Doing.NeedsOwnership | Doing.AskingTelegram | Doing.SignedInToTelegram)]
    public async Task<IActionResult> LoadAsync(LoadTgDialogRequest request, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(new LoadTgDialogCommand(CallerAccountId, request.Dialog), cancellationToken);
        return Answer(result, rows => new MessageStreamResult(rows, MessageLayout.Array));
    }
}
