using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Application.ApiKeys.CreateApiKey;
using Crm.Application.ApiKeys.DeleteApiKey;
using Crm.Application.ApiKeys.ListApiKeys;
using Crm.Domain.Access;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.ApiKeys;

/// <summary>Keys for programs that call on an account's behalf.</summary>
[Tags(ApiTags.Keys)]
public sealed class ApiKeysController(IMediator mediator) : CrmController
{
    private const string Example = """
        {"id": 1, "name": "reports", "hint": "crmkey_Qx3f8a", "scopes": ["read"], "addresses": ["203.0.113.7"], "timestamp": 1767225600,
         "expires_at": null, "used_at": null}
        """;

    /// <summary>Makes an API key.</summary>
    /// <remarks>Only this answer shows the key itself. An account may have 50.</remarks>
    [HttpPost("api_keys", Name = "createApiKey")]
    [Access(AccessScopes.Admin)]
    [RequestExample("read only, from one address", """{"name": "reports", "scopes": ["read"], "addresses": ["203.0.113.7"]}""")]
    [AnswerExample(StatusCodes.Status201Created, """
        {"id": 1, "name": "reports", "key": "crmkey_Qx3f8a…", "hint": "crmkey_Qx3f8a", "scopes": ["read"], "addresses": ["203.0.113.7"],
         "timestamp": 1767225600, "expires_at": null, "used_at": null}
        """)]
    [ProducesResponseType<ApiKeyResponse>(StatusCodes.Status201Created, Description = "The key; nothing shows its secret again.")]
    [Refuses("api_key.too_many")]
    public async Task<IActionResult> CreateAsync(ApiKeyRequest request, CancellationToken cancellationToken)
    {
        var command = new CreateApiKeyCommand(
            CallerAccountId, request.Name!, request.Scopes!, request.Addresses, request.ExpiresInDays);
        return Answer(
            await mediator.Send(command, cancellationToken),
            created => Created($"/api/api_keys/{created.Key.Id}", ApiKeyResponse.From(created)));
    }

    /// <summary>Lists the account's API keys.</summary>
    [HttpGet("api_keys", Name = "listApiKeys")]
    [Access(AccessScopes.Admin)]
    [AnswerExample(StatusCodes.Status200OK, $"[{Example}]")]
    [ProducesResponseType<ApiKeyResponse[]>(StatusCodes.Status200OK, Description = "The keys, without their secrets.")]
    public async Task<IActionResult> ListAsync(CancellationToken cancellationToken) =>
        Answer(await mediator.Send(new ListApiKeysQuery(CallerAccountId), cancellationToken), keys => Ok(keys.Select(ApiKeyResponse.From)));

    /// <summary>Deletes an API key.</summary>
    /// <remarks>It opens nothing from here on.</remarks>
    [HttpDelete("api_keys/{id:long}", Name = "deleteApiKey")]
    [Access(AccessScopes.Admin)]
    [ProducesResponseType(StatusCodes.Status204NoContent, Description = "It opens nothing any more.")]
    [Refuses("api_key.not_found")]
    public async Task<IActionResult> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        var deleted = await mediator.Send(new DeleteApiKeyCommand(CallerAccountId, id), cancellationToken);
        return deleted.Match(NoContent, Refuse);
    }
}
