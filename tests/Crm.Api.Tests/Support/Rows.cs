using Crm.Application.Messages;

namespace Crm.Api.Tests.Support;

/// <summary>Stored messages to stream.</summary>
internal static class Rows
{
    public static MessageRow Row(long id, long userId, string text, int? messageId = 11) => new()
    {
        Id = id,
        AccountId = 1,
        Messenger = "telegram",
        Message = text,
        Answer = 0,
        Timestamp = 100,
        UserId = userId,
        MessageId = messageId,
    };
}
