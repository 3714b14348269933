using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.AccountExport;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.AccountExport;

/// <summary>All of an account's data, to take along.</summary>
[Tags(ApiTags.Account)]
public sealed class AccountExportController(IMediator mediator) : CrmController
{
    /// <summary>Answers everything that is stored of the account.</summary>
    /// <remarks>
    /// JSON lines, a row each, without secrets, streamed. The last line says how many rows came before it; without it the answer was
    /// broken off.
    /// </remarks>
    [HttpGet("account_export", Name = "accountExport")]
    [Access(AccessScopes.Admin)]
    [ProducesResponseType<string>(StatusCodes.Status200OK, AccountExportResult.MediaType, Description = "A line for each row, and one for the end.")]
    [Refuses("account.not_found")]
    public async Task<IActionResult> ExportAsync(CancellationToken cancellationToken) =>
        Answer(
            await mediator.Send(new AccountExportQuery(CallerAccountId), cancellationToken), rows => new AccountExportResult(rows));
}
