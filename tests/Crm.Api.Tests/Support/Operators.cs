using Crm.Api.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Support;

internal static class Operators
{
    private const string Stamp = "stamp-1";

    /// <summary>A token of an account that stands.</summary>
    public static string TokenOf(this StubbedApi api, long accountId)
    {
        api.Accounts.Stamps[accountId] = Stamp;
        return api.Services.GetRequiredService<AccessTokens>().Issue(accountId, Stamp).AccessToken;
    }
}
