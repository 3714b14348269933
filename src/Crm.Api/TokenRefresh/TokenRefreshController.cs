using AutoMapper;
using Crm.Api.Authentication;
using Crm.Api.Documentation;
using Crm.Api.Hosting;
using Crm.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Crm.Api.TokenRefresh;

/// <summary>Going on without the password.</summary>
[Tags(ApiTags.Account)]
public sealed class TokenRefreshController(AccessTokens tokens, IMapper mapper) : CrmController
{
    /// <summary>Gives a new pair of tokens.</summary>
    /// <remarks>For the refresh token of an earlier pair; a refresh token is good for 14 days.</remarks>
    [HttpPost("token_refresh", Name = "tokenRefresh")]
    [AllowAnonymous]
    [RequestExample("token_refresh", """{"refresh_token": "CfDJ8…"}""")]
    [AnswerExample(StatusCodes.Status200OK, """
        {"access_token": "CfDJ8…", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "CfDJ8…"}
        """)]
    [ProducesResponseType<TokenRefreshResponse>(StatusCodes.Status200OK, Description = "A new pair.")]
    [Refuses(ProblemCodes.TokenInvalid)]
    public async Task<IActionResult> RefreshAsync(TokenRefreshRequest request, CancellationToken cancellationToken) =>
        await tokens.RefreshAsync(request.RefreshToken!, cancellationToken) is { } issued
            ? Ok(mapper.Map<TokenRefreshResponse>(issued))
            : new ProblemResult(StatusProblems.TokenInvalid);
}
