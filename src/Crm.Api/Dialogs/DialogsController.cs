using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.GetDialogMessages;
using Crm.Application.ListDialogs;
using Crm.Application.ReadDialog;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Dialogs;

/// <summary>Dialogs as they are stored, and as somebody reads them on a screen.</summary>
[Tags(ApiTags.Messages)]
public sealed class DialogsController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Lists the stored dialogs.</summary>
    /// <remarks>
    /// Nothing is fetched from Telegram, so they are there while it is away: as telegram_load stored them last, with what has come since.
    /// They are in the order of their ids, which stays as it is while one pages; order them by timestamp for a screen.
    /// </remarks>
    [HttpGet("dialogs", Name = "listDialogs")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"dialogs": [{"username": "anna", "id": 1001, "phone": "79001234567", "type": "user", "title": "Anna Petrova",
                      "unread_count": 2, "last_message": "Здравствуйте!", "timestamp": 1767225600}],
         "more": false}
        """)]
    [ProducesResponseType<DialogListResponse>(StatusCodes.Status200OK, Description = "A page of the dialogs.")]
    [Refuses("telegram.not_authorized")]
    public async Task<IActionResult> ListAsync(
        [Description("Only those behind this id: the last one of the page before.")]
        long? after,
        [Description("At most so many; 100 when it is not given.")]
        [Range(1, 1000)]
        int? limit,
        CancellationToken cancellationToken) => Answer(
            await mediator.Send(new ListDialogsQuery(CallerAccountId, after, limit), cancellationToken),
            page => Ok(DialogListResponse.From(page, mapper)));

    /// <summary>Reads a dialog backwards.</summary>
    /// <remarks>The latest stored messages, or those just before a row; nothing is fetched from Telegram.</remarks>
    [HttpGet("dialogs/{id:long}/messages", Name = "listDialogMessages")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"messages": [{"id": 41, "id_account": 1, "messenger": "telegram", "message": "Здравствуйте!", "answer": 0, "timestamp": 1767225600,
                       "id_user": 1001, "message_id": 76, "edited_at": null, "deleted_at": null, "revisions": 0}],
         "more": false, "complete": true}
        """)]
    [ProducesResponseType<DialogMessagesResponse>(StatusCodes.Status200OK, Description = "A page of the dialog, oldest first.")]
    [Refuses("message.not_found", "telegram.not_authorized")]
    public async Task<IActionResult> ListMessagesAsync(
        long id,
        [Description("Only what stands before the row with this id: the first one of the page before.")]
        [AtLeast(1)]
        long? before,
        [Description("At most so many; 50 when it is not given.")]
        [Range(1, 500)]
        int? limit,
        CancellationToken cancellationToken) => Answer(
            await mediator.Send(new GetDialogMessagesQuery(CallerAccountId, id, before, limit), cancellationToken),
            page => Ok(DialogMessagesResponse.From(page)));

    /// <summary>Marks a dialog as read.</summary>
    /// <remarks>Up to a message, in Telegram too: the other side sees that.</remarks>
    [HttpPost("dialogs/{id:long}/read", Name = "readDialog")]
    [Access(AccessScopes.Send)]
    [RequestExample("read", """{"message_id": 76}""")]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "Telegram knows it.")]
    [Refuses("dialog.not_found", While = Doing.NeedsOwnership | Doing.AskingTelegram | Doing.SignedInToTelegram)]
    public async Task<IActionResult> ReadAsync(long id, ReadDialogRequest request, CancellationToken cancellationToken)
    {
        var read = await mediator.Send(new ReadDialogCommand(CallerAccountId, id, request.MessageId!.Value), cancellationToken);
        return read.Match(NoContent, Refuse);
    }
}
