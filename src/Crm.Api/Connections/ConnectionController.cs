using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.GetConnection;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.Connections;

/// <summary>How the account is connected.</summary>
[Tags(ApiTags.Telegram)]
public sealed class ConnectionController(IMediator mediator, IMapper mapper) : CrmController
{
    /// <summary>Tells how the connection stands.</summary>
    /// <remarks>The one that the account's calls act on. Telegram isn't asked.</remarks>
    [HttpGet("connection", Name = "getConnection")]
    [Access(AccessScopes.Read)]
    [AnswerExample(StatusCodes.Status200OK, """
        {"id": 1, "id_account": 1, "messenger": "telegram", "phone": "9996620001", "status": "authorized", "telegram_user_id": 2000001,
         "listening": true, "since": 1767225600, "telegram": "reachable", "code_type": null, "code_length": null, "next_type": null,
         "timeout": null, "tries_left": null}
        """)]
    [ProducesResponseType<ConnectionResponse>(StatusCodes.Status200OK, Description = "The connection as it is stored.")]
    [Refuses("account.not_found")]
    public async Task<IActionResult> ReadAsync(CancellationToken cancellationToken) => Answer(
        await mediator.Send(new GetConnectionQuery(CallerAccountId), cancellationToken),
        state => Ok(mapper.Map<ConnectionResponse>(state)));
}
