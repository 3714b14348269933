using System.ComponentModel.DataAnnotations;

namespace Crm.Api.Dialogs;

/// <summary>How far a dialog has been read.</summary>
public sealed class ReadDialogRequest
{
    /// <summary>Telegram's id of the newest message that was read: message_id of its row.</summary>
    [Required]
    [Range(1, int.MaxValue)]
    public int? MessageId { get; set; }
}
