using System.Text.Json;
using Crm.Application.Messages;

namespace Crm.Api.Messages;

/// <summary>How a stream of rows is laid out in JSON. One serves one answer.</summary>
internal abstract class MessageLayout
{
    public static MessageLayout Array() => new ArrayLayout();

    /// <summary>An object by the other side's id; rows of one side must follow each other.</summary>
    public static MessageLayout ByUser() => new ByUserLayout();

    public abstract void Begin(Utf8JsonWriter writer);

    public abstract void Write(Utf8JsonWriter writer, MessageRow row);

    public abstract void End(Utf8JsonWriter writer);

    private sealed class ArrayLayout : MessageLayout
    {
        public override void Begin(Utf8JsonWriter writer) => writer.WriteStartArray();

        public override void Write(Utf8JsonWriter writer, MessageRow row) => MessageJson.Write(writer, row);

        public override void End(Utf8JsonWriter writer) => writer.WriteEndArray();
    }

    private sealed class ByUserLayout : MessageLayout
    {
        private long? _user;

        public override void Begin(Utf8JsonWriter writer) => writer.WriteStartObject();

        public override void Write(Utf8JsonWriter writer, MessageRow row)
        {
            if (_user != row.UserId)
            {
                EndUser(writer);
                writer.WriteStartArray(row.UserId.ToString());
                _user = row.UserId;
            }

            MessageJson.Write(writer, row);
        }

        public override void End(Utf8JsonWriter writer)
        {
            EndUser(writer);
            writer.WriteEndObject();
        }

        private void EndUser(Utf8JsonWriter writer)
        {
            if (_user is not null)
            {
                writer.WriteEndArray();
            }
        }
    }
}
