using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crm.Application.Messages;
using Crm.Application.Ports.Storage;
using Crm.Domain;

namespace Crm.Application.Events;

/// <summary>
/// What each kind of event carries: a JSON object that is written once, together with what it tells of, and never changes
/// afterwards. Fields may be added; <see cref="Version"/> grows when one changes its meaning.
/// </summary>
public static class EventPayloads
{
    public const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    /// <summary>A message was received, sent or deleted: its row.</summary>
    public static string Of(MessageRow message) => Write(json => WriteMessage(json, message));

    /// <summary>A message was edited: its row, and what it said before.</summary>
    public static string Edited(MessageRow message, string previousText, long? previousEditedAt) => Write(json =>
    {
        WriteMessage(json, message);
        json.WriteStartObject("previous");
        json.WriteString("message", previousText);
        WriteNumber(json, "edited_at", previousEditedAt);
        json.WriteEndObject();
    });

    public static string Read(ReadMark mark) => Write(json =>
    {
        json.WriteNumber("id_user", mark.DialogId);
        json.WriteString("box", mark.Box is ReadBox.Inbox ? "inbox" : "outbox");
        json.WriteNumber("message_id", mark.MaxMessageId);
        WriteNumber(json, "unread_count", mark.UnreadCount);
    });

    public static string SendQueued(long sendId, long dialogId) => Write(json => WriteSend(json, sendId, dialogId));

    /// <summary>Telegram took a send; <paramref name="message"/> is null where it doesn't say as which message.</summary>
    public static string SendSent(long sendId, long dialogId, MessageRow? message) => Write(json =>
    {
        WriteSend(json, sendId, dialogId);
        WriteMessage(json, message);
    });

    public static string SendFailed(long sendId, long dialogId, Error error) => Write(json =>
    {
        WriteSend(json, sendId, dialogId);
        json.WriteString("code", error.Code);
        json.WriteString("reason", error.Message);
    });

    public static string ConnectionStatus(string status, string previous) => Write(json =>
    {
        json.WriteString("status", status);
        json.WriteString("previous", previous);
    });

    public static string Telegram(bool isReachable) => Write(json => json.WriteString("telegram", isReachable ? "reachable" : "away"));

    /// <summary>An import began, went on, or ended: its figures.</summary>
    public static string Import(Import import) => Write(json =>
    {
        json.WriteNumber("import_id", import.Id);
        json.WriteNumber("id_user", import.DialogId);
        json.WriteString("state", NameOf(import.State));
        json.WriteNumber("stored", import.Stored);
        WriteNumber(json, "total", import.Total);
        WriteNumber(json, "rate", import.Rate);
        WriteNumber(json, "seconds_left", import.SecondsLeft);
        json.WriteNumber("started_at", import.StartedMs / 1000);
        json.WriteNumber("updated_at", import.UpdatedMs / 1000);
        json.WriteString("error_code", import.ErrorCode);
        json.WriteBoolean("done", import.State is ImportState.Done);
    });

    public static string NameOf(ImportState state) => state switch
    {
        ImportState.Running => "running",
        ImportState.Done => "done",
        ImportState.Failed => "failed",
        ImportState.Interrupted => "interrupted",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    private static void WriteSend(Utf8JsonWriter json, long sendId, long dialogId)
    {
        json.WriteNumber("send_id", sendId);
        json.WriteNumber("id_user", dialogId);
    }

    private static void WriteMessage(Utf8JsonWriter json, MessageRow? message)
    {
        json.WritePropertyName("message");
        if (message is null)
        {
            json.WriteNullValue();
        }
        else
        {
            MessageJson.Write(json, message);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        // One is written for each message that comes: the thread keeps what it writes with.
        _buffer ??= new ArrayBufferWriter<byte>(512);
        _json ??= new Utf8JsonWriter(_buffer, Options);
        _buffer.Clear();
        _json.Reset();
        _json.WriteStartObject();
        write(_json);
        _json.WriteEndObject();
        _json.Flush();
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }
}
