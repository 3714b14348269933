using System.ComponentModel.DataAnnotations;

namespace Crm.Api.ApiKeys;

/// <summary>An API key to make.</summary>
public sealed class ApiKeyRequest
{
    /// <summary>What it is for, in words of yours.</summary>
    [Required]
    public string? Name { get; set; }

    /// <summary>What it may do: "read", "send", "admin".</summary>
    [Required]
    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>Addresses or networks it may be used from; anywhere when none are given.</summary>
    public IReadOnlyList<string>? Addresses { get; set; }

    /// <summary>Days it is good for; until it is deleted when not given.</summary>
    public int? ExpiresInDays { get; set; }
}
