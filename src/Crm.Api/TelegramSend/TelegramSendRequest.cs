using System.ComponentModel.DataAnnotations;
using Crm.Api.Documentation;
using Crm.Api.Json;

namespace Crm.Api.TelegramSend;

/// <summary>What to send to whom; the recipient's Telegram id goes into either of the two id fields.</summary>
[EitherField("user_id", "id_account")]
public sealed class TelegramSendRequest : ICheckedRequest
{
    /// <summary>The recipient's Telegram id.</summary>
    [DialogIdRange]
    public long? IdAccount { get; set; }

    /// <summary>The recipient's Telegram id.</summary>
    [DialogIdRange]
    public long? UserId { get; set; }

    /// <summary>The text: 1–4096 UTF-16 units.</summary>
    [Required]
    [StringLength(4096, MinimumLength = 1)]
    public string? Answer { get; set; }

    /// <summary>"telegram", which it is too when it is not given.</summary>
    public string? Messenger { get; set; }

    internal long Recipient => UserId ?? IdAccount ?? 0;

    IEnumerable<FieldProblem> ICheckedRequest.Check() => EitherName.Check("user_id", UserId, "id_account", IdAccount);
}
