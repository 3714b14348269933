using System.Text.Json;
using Crm.Application.Ports.Storage;

namespace Crm.Application.Events;

/// <summary>An event as everybody reads it: in a stream, in a page and at a webhook.</summary>
public static class EventJson
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    private static readonly JsonEncodedText IdAccount = JsonEncodedText.Encode("id_account");
    private static readonly JsonEncodedText IdConnection = JsonEncodedText.Encode("id_connection");
    private static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    public static void Write(Utf8JsonWriter writer, StoredEvent stored)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Id, stored.Id);
        writer.WriteString(Type, stored.Type);
        writer.WriteNumber(Version, EventPayloads.Version);
        writer.WriteNumber(IdAccount, stored.AccountId);
        writer.WriteNumber(IdConnection, stored.ConnectionId);
        writer.WriteNumber(Timestamp, stored.Timestamp);
        writer.WritePropertyName(Data);
        writer.WriteRawValue(stored.Data);
        writer.WriteEndObject();
    }
}
