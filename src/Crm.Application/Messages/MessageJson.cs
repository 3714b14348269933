using System.Text.Json;

namespace Crm.Application.Messages;

/// <summary>A message row in JSON, the same in every answer and every event.</summary>
public static class MessageJson
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText IdAccount = JsonEncodedText.Encode("id_account");
    private static readonly JsonEncodedText Messenger = JsonEncodedText.Encode("messenger");
    private static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    private static readonly JsonEncodedText Answer = JsonEncodedText.Encode("answer");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText IdUser = JsonEncodedText.Encode("id_user");
    private static readonly JsonEncodedText MessageId = JsonEncodedText.Encode("message_id");
    private static readonly JsonEncodedText EditedAt = JsonEncodedText.Encode("edited_at");
    private static readonly JsonEncodedText DeletedAt = JsonEncodedText.Encode("deleted_at");
    private static readonly JsonEncodedText Revisions = JsonEncodedText.Encode("revisions");

    public static void Write(Utf8JsonWriter writer, MessageRow row)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Id, row.Id);
        writer.WriteNumber(IdAccount, row.AccountId);
        writer.WriteString(Messenger, row.Messenger);
        writer.WriteString(Message, row.Message);
        writer.WriteNumber(Answer, row.Answer);
        writer.WriteNumber(Timestamp, row.Timestamp);
        writer.WriteNumber(IdUser, row.UserId);
        WriteNumber(writer, MessageId, row.MessageId);
        WriteNumber(writer, EditedAt, row.EditedAt);
        WriteNumber(writer, DeletedAt, row.DeletedAt);
        writer.WriteNumber(Revisions, row.Revisions);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonEncodedText name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
