using System.Net;
using System.Security.Claims;
using Crm.Application.Ports.Storage;
using Crm.Domain.Access;
using Microsoft.AspNetCore.Authentication.BearerToken;

namespace Crm.Api.Authentication;

/// <summary>Reads API keys, which come where access tokens do.</summary>
internal sealed partial class ApiKeyReader(IApiKeyStore keys, TimeProvider time, ILogger<ApiKeyReader> logger)
{
    /// <summary>Who a key speaks for; null when there is no such key, it has expired, or it may not be used from there.</summary>
    public async Task<ClaimsPrincipal?> AuthenticateAsync(string credential, IPAddress? caller, CancellationToken cancellationToken)
    {
        if (ApiKeySecret.Hash(credential) is not { } hash || await keys.FindAsync(hash, cancellationToken) is not { } key)
        {
            return null;
        }

        if (key.ExpiresAt <= time.GetUtcNow())
        {
            return null;
        }

        if (!AddressRule.Allows(key.Addresses, caller))
        {
            LogElsewhere(key.Id, caller);
            return null;
        }

        await TouchAsync(key, cancellationToken);
        return AccountIdentity.Create(key.AccountId, BearerTokenDefaults.AuthenticationScheme, key.Scopes);
    }

    /// <summary>When it was used last is good to know, and no reason to refuse anybody.</summary>
    private async Task TouchAsync(ApiKey key, CancellationToken cancellationToken)
    {
        if (key.UsedAt is { } used && time.GetUtcNow() - used < ApiKey.UsePrecision)
        {
            return;
        }

        try
        {
            await keys.TouchAsync(key.Id, cancellationToken);
        }
        catch (StorageUnavailableException exception)
        {
            LogNotTouched(exception, key.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "API key {KeyId} was shown from {Address}, from where it may not be used")]
    private partial void LogElsewhere(long keyId, IPAddress? address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The use of API key {KeyId} could not be noted")]
    private partial void LogNotTouched(Exception exception, long keyId);
}
