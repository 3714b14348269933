using Crm.Api.TelegramSend;
using Crm.Application.GetSend;

namespace Crm.Api.GetSend;

/// <summary>A send as telegram_send answered it, as it is now.</summary>
public sealed class SendStateResponse : TelegramSendResponse
{
    /// <summary>Why it failed, for programs; null otherwise.</summary>
    public required string? Code { get; init; }

    /// <summary>Why it failed, for people.</summary>
    public required string? Reason { get; init; }

    internal static SendStateResponse From(SendState state) => new()
    {
        Id = state.Result.Row.Id,
        IdAccount = state.Result.Row.AccountId,
        Messenger = state.Result.Row.Messenger,
        Message = state.Result.Row.Message,
        Answer = state.Result.Row.Answer,
        Timestamp = state.Result.Row.Timestamp,
        IdUser = state.Result.Row.UserId,
        MessageId = state.Result.Row.MessageId,
        EditedAt = state.Result.Row.EditedAt,
        DeletedAt = state.Result.Row.DeletedAt,
        Revisions = state.Result.Row.Revisions,
        Status = state.Result.Status,
        SendId = state.Result.SendId,
        Code = state.Error?.Code,
        Reason = state.Error?.Message,
    };
}
