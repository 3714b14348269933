namespace Crm.Api.Problems;

/// <summary>Codes the API itself gives; those of the domain come with its errors.</summary>
internal static class ProblemCodes
{
    public const string ValidationFailed = "validation.failed";
    public const string RequestMalformed = "request.malformed";
    public const string AuthenticationRequired = "authentication.required";
    public const string TokenInvalid = "authentication.token_invalid";
    public const string SignInUnreadable = "telegram.sign_in_unreadable";
    public const string StorageUnavailable = "storage.unavailable";
}
