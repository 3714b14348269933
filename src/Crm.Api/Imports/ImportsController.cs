using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.PauseImport;
using Crm.Application.ReadImports;
using Crm.Application.StartImport;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Imports;

/// <summary>Bringing in the histories of dialogs, and how far that has come.</summary>
[Tags(ApiTags.Messages)]
public sealed class ImportsController(IMediator mediator) : CrmController
{
    /// <summary>Begins to import a dialog.</summary>
    /// <remarks>
    /// Answers at once, where load_tgdialog waits for the end. An import that is paused goes on, one that runs is shared, and one that
    /// Telegram has asked to wait with goes on by itself then.
    /// </remarks>
    [HttpPost("imports", Name = "startImport")]
    [Access(AccessScopes.Read)]
    [RequestExample("import", """{"id_user": 1001}""")]
    [AnswerExample(StatusCodes.Status202Accepted, """
        {"id": 3, "id_user": 1001, "state": "running", "stored": 0, "total": null, "rate": null, "seconds_left": null,
         "started_at": 1767225600, "updated_at": 1767225600, "finished_at": null, "error_code": null}
        """)]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status202Accepted, Description = "The import; the event import.progress tells how far it comes.")]
    [Refuses(
        "dialog.not_found", "import.too_many", "import.paused", While = Doing.NeedsOwnership | Doing.AskingTelegram | Doing.SignedInToTelegram)]
    public async Task<IActionResult> StartAsync(ImportRequest request, CancellationToken cancellationToken) => Answer(
        await mediator.Send(new StartImportCommand(CallerAccountId, request.IdUser!.Value), cancellationToken),
        import => Accepted($"/api/imports/{import.Id}", ImportResponse.From(import)));

    /// <summary>Pauses an import.</summary>
    /// <remarks>It is interrupted, with the error_code import.paused, until it is started again. One that is over stays as it is.</remarks>
    [HttpPost("imports/{id:long}/pause", Name = "pauseImport")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 3, "id_user": 1001, "state": "interrupted", "stored": 1200, "total": 5000, "rate": 400.0, "seconds_left": null,
         "started_at": 1767225600, "updated_at": 1767225603, "finished_at": null, "error_code": "import.paused"}
        """)]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK, Description = "The import as it is now.")]
    [Refuses("import.not_found", While = Doing.NeedsOwnership)]
    public async Task<IActionResult> PauseAsync(long id, CancellationToken cancellationToken) => Answer(
        await mediator.Send(new PauseImportCommand(CallerAccountId, id), cancellationToken),
        import => Ok(ImportResponse.From(import)));

    /// <summary>Lists imports of dialogs.</summary>
    /// <remarks>The latest 200, newest first.</remarks>
    [HttpGet("imports", Name = "listImports")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"id": 3, "id_user": 1001, "state": "running", "stored": 1200, "total": 5000, "rate": 400.0, "seconds_left": 10,
          "started_at": 1767225600, "updated_at": 1767225603, "finished_at": null, "error_code": null}]
        """)]
    [ProducesResponseType<ImportResponse[]>(StatusCodes.Status200OK, Description = "The latest 200, newest first.")]
    public async Task<IActionResult> ListAsync(CancellationToken cancellationToken) => Answer(
        await mediator.Send(new ListImportsQuery(CallerAccountId), cancellationToken),
        imports => Ok(imports.Select(ImportResponse.From)));

    /// <summary>Tells how far an import has come.</summary>
    [HttpGet("imports/{id:long}", Name = "getImport")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 3, "id_user": 1001, "state": "done", "stored": 5000, "total": 5000, "rate": 410.5, "seconds_left": 0,
         "started_at": 1767225600, "updated_at": 1767225612, "finished_at": 1767225612, "error_code": null}
        """)]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK, Description = "The import as it is now.")]
    [Refuses("import.not_found")]
    public async Task<IActionResult> FindAsync(long id, CancellationToken cancellationToken) => Answer(
        await mediator.Send(new FindImportQuery(CallerAccountId, id), cancellationToken),
        import => Ok(ImportResponse.From(import)));
}
