using System.ComponentModel.DataAnnotations;
using Crm.Api.Documentation;

namespace Crm.Api.Imports;

/// <summary>Which dialog to import.</summary>
public sealed class ImportRequest
{
    /// <summary>The dialog's id.</summary>
    [Required]
    [DialogIdRange]
    public long? IdUser { get; set; }
}
