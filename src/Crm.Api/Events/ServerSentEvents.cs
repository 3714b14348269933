using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Crm.Api.Json;
using Crm.Application.Events;
using Crm.Application.Ports.Storage;

namespace Crm.Api.Events;

/// <summary>Events in the format of https://html.spec.whatwg.org/multipage/server-sent-events.html, gathered until they are sent.</summary>
internal sealed class ServerSentEvents
{
    /// <summary>When a reader whose stream ended comes back by itself, in milliseconds.</summary>
    private const int Retry = 1000;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    /// <summary>Tells where the stream begins, so that a reader that is cut off before the first event resumes there.</summary>
    public void Begin(long position) => Write($"retry: {Retry}\nid: {position.ToString(CultureInfo.InvariantCulture)}\n\n");

    public void Beat() => Write(": still here\n\n");

    public void Add(StoredEvent stored)
    {
        Write($"id: {stored.Id.ToString(CultureInfo.InvariantCulture)}\nevent: {stored.Type}\ndata: ");
        using (var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = ApiJson.Options.Encoder }))
        {
            // JSON escapes line breaks, so that it is one line whatever the text says.
            EventJson.Write(json, stored);
        }

        Write("\n\n");
    }

    public void Clear() => _buffer.ResetWrittenCount();

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _buffer);
}
