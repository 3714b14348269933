using System.ComponentModel.DataAnnotations;
using Crm.Api.Documentation;
using Crm.Application.ApiKeys;

namespace Crm.Api.ApiKeys;

/// <summary>An API key to make.</summary>
public sealed class ApiKeyRequest
{
    /// <summary>What it is for, in words of yours.</summary>
    [Required]
    [StringLength(100, MinimumLength = 1)]
    public string? Name { get; set; }

    /// <summary>What it may do: "read", "send", "admin".</summary>
    [Required]
    [MinLength(1)]
    [OneOf(ScopeNames.Read, ScopeNames.Send, ScopeNames.Admin)]
    public IReadOnlyList<string>? Scopes { get; set; }

    /// <summary>Addresses or networks it may be used from; anywhere when none are given.</summary>
    [MaxLength(32)]
    public IReadOnlyList<string>? Addresses { get; set; }

    /// <summary>Days it is good for; until it is deleted when not given.</summary>
    [Range(1, 3650)]
    public int? ExpiresInDays { get; set; }
}
