using System.ComponentModel.DataAnnotations;
using Crm.Api.Documentation;

namespace Crm.Api.GetMessages;

/// <summary>Which stored messages to read.</summary>
public sealed class GetMessagesRequest
{
    /// <summary>The account's database id: id_account of account_auth.</summary>
    [Required]
    [AtLeast(1)]
    public long? IdAccount { get; set; }

    /// <summary>"telegram", which it is too when it is not given.</summary>
    public string? Messenger { get; set; }

    /// <summary>Only the dialog with this Telegram id.</summary>
    [DialogIdRange]
    public long? UserId { get; set; }

    /// <summary>Only rows whose id is greater.</summary>
    [AtLeast(0)]
    public long? AfterId { get; set; }

    /// <summary>At most so many rows: those with the lowest ids after after_id.</summary>
    [Range(1, 10_000)]
    public int? Limit { get; set; }
}
