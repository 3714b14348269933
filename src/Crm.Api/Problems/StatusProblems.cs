namespace Crm.Api.Problems;

/// <summary>What a bare status means when nothing more is known: the server, routing or authentication refused.</summary>
internal static class StatusProblems
{
    public static Problem TokenInvalid { get; } = new(
        StatusCodes.Status401Unauthorized, ProblemCodes.TokenInvalid, "The token is not valid, has expired or was revoked.");

    public static Problem For(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new(status, ProblemCodes.RequestMalformed, "The request is malformed."),
        StatusCodes.Status401Unauthorized =>
            new(status, ProblemCodes.AuthenticationRequired, "Sign in first: account_auth gives an access token."),
        StatusCodes.Status403Forbidden => new(status, "authentication.forbidden", "The API key may not do this."),
        StatusCodes.Status404NotFound => new(status, "route.not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, "route.method_not_allowed", "This address does not take this method."),
        StatusCodes.Status408RequestTimeout => new(status, "request.timeout", "The request took too long to arrive."),
        StatusCodes.Status413PayloadTooLarge => new(status, "request.too_large", "The body is larger than 1 MiB."),
        StatusCodes.Status415UnsupportedMediaType =>
            new(status, "request.unsupported_media_type", "The body must be application/json in UTF-8."),
        StatusCodes.Status429TooManyRequests => new(status, "request.rate_limited", "Too many calls at once; wait a little."),
        StatusCodes.Status500InternalServerError => new(status, "server.error", "Something went wrong on our side."),
        >= 500 => new(status, "server.unavailable", "The server cannot answer now."),
        _ => new(status, "request.refused", "The request was refused."),
    };
}
