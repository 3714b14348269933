using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.Limits;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.GetLimits;

/// <summary>What Telegram wants the account not to do yet.</summary>
public sealed class GetLimitsController(IMediator mediator) : CrmController
{
    /// <summary>The waits Telegram has asked for that are not over, soonest end first. Until then such calls are answered with 429.</summary>
    [HttpGet("limits")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        [{"method": "messages.sendMessage", "reason": "flood_wait", "id_user": null, "until": 1767225660, "seconds_left": 42},
         {"method": "messages.sendMessage", "reason": "slowmode_wait", "id_user": -1001234567890, "until": 1767225900, "seconds_left": 282}]
        """)]
    [ProducesResponseType<LimitState[]>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ReadAsync(CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new GetLimitsQuery(CallerAccountId), cancellationToken), Ok);
}
