using System.ComponentModel.DataAnnotations;
using Crm.Api.Documentation;
using Crm.Application.Messages;

namespace Crm.Api.Messages;

/// <summary>A message row.</summary>
public class MessageResponse
{
    /// <summary>The database id; grows. 0 while an answer is queued and there is no message yet.</summary>
    public required long Id { get; init; }

    /// <summary>The account's id.</summary>
    public required long IdAccount { get; init; }

    /// <summary>Where it was written.</summary>
    [OneOf("telegram")]
    public required string Messenger { get; init; }

    /// <summary>The text; a caption for media; "" where there is none.</summary>
    public required string Message { get; init; }

    /// <summary>1 = we sent it, 0 = we received it.</summary>
    [Range(0, 1)]
    public required int Answer { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Timestamp { get; init; }

    /// <summary>The other side's Telegram id.</summary>
    public required long IdUser { get; init; }

    /// <summary>Telegram's id of the message; null while it is queued.</summary>
    public required int? MessageId { get; init; }

    /// <summary>Unix seconds of the last edit; null: none.</summary>
    public required long? EditedAt { get; init; }

    /// <summary>Unix seconds at which it turned out to be deleted in Telegram; null: it is not.</summary>
    public required long? DeletedAt { get; init; }

    /// <summary>How many earlier wordings are kept: GET messages/{id}/revisions answers them.</summary>
    public required int Revisions { get; init; }

    internal static MessageResponse From(MessageRow row) => new()
    {
        Id = row.Id,
        IdAccount = row.AccountId,
        Messenger = row.Messenger,
        Message = row.Message,
        Answer = row.Answer,
        Timestamp = row.Timestamp,
        IdUser = row.UserId,
        MessageId = row.MessageId,
        EditedAt = row.EditedAt,
        DeletedAt = row.DeletedAt,
        Revisions = row.Revisions,
    };
}
