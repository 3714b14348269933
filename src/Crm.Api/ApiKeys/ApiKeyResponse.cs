using System.Text.Json.Serialization;
using Crm.Api.Documentation;
using Crm.Application.ApiKeys;
using Crm.Application.ApiKeys.CreateApiKey;
using Crm.Application.Ports.Storage;

namespace Crm.Api.ApiKeys;

/// <summary>An API key.</summary>
public sealed class ApiKeyResponse
{
    /// <summary>The key's id, for deleting it.</summary>
    public required long Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>What the header <c>Authorization: Bearer …</c> takes; only in the answer that makes it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>Its beginning.</summary>
    public required string Hint { get; init; }

    /// <summary>What it may do.</summary>
    [OneOf(ScopeNames.Read, ScopeNames.Send, ScopeNames.Admin)]
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Where it may be used from; none: anywhere.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Unix seconds at which it was made.</summary>
    public required long Timestamp { get; init; }

    /// <summary>Unix seconds until which it is good; null: until it is deleted.</summary>
    public required long? ExpiresAt { get; init; }

    /// <summary>Unix seconds at which it was used last, to the minute; null: never.</summary>
    public required long? UsedAt { get; init; }

    internal static ApiKeyResponse From(ApiKey key) => From(key, secret: null);

    internal static ApiKeyResponse From(CreatedApiKey created) => From(created.Key, created.Secret);

    private static ApiKeyResponse From(ApiKey key, string? secret) => new()
    {
        Id = key.Id,
        Name = key.Name,
        Key = secret,
        Hint = key.Hint,
        Scopes = ScopeNames.Of(key.Scopes),
        Addresses = key.Addresses,
        Timestamp = key.CreatedAt.ToUnixTimeSeconds(),
        ExpiresAt = key.ExpiresAt?.ToUnixTimeSeconds(),
        UsedAt = key.UsedAt?.ToUnixTimeSeconds(),
    };
}
