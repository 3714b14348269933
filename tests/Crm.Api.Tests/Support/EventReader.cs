using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Crm.Api.Tests.Support;

/// <summary>An event as it came over a stream.</summary>
internal sealed record ReadEvent(long Id, string Type, string Data)
{
    public JsonNode Json => JsonNode.Parse(Data)!;
}

/// <summary>Reads one stream of server-sent events, byte by byte if asked to, and takes a frame only when it is whole.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly Stream _stream;
    private readonly StringBuilder _text = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly byte[] _bytes = new byte[4096];
    private readonly char[] _chars = new char[4096];

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _stream = stream;
    }

    /// <summary>The last id seen, also of a frame that is no event.</summary>
    public string? LastId { get; private set; }

    public int Comments { get; private set; }

    public List<ReadEvent> Events { get; } = [];

    public static async Task<EventReader> OpenAsync(HttpClient client, HttpRequestMessage request)
    {
        var reader = await TryOpenAsync(client, request);
        Assert.That(reader, Is.Not.Null, "too many streams are open");
        return reader!;
    }

    /// <summary>Null while the account has as many open as it may have.</summary>
    public static async Task<EventReader?> TryOpenAsync(HttpClient client, HttpRequestMessage request)
    {
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            response.Dispose();
            return null;
        }

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        return new EventReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads at most so many bytes; answers how many came, 0 at the end.</summary>
    public async Task<int> ReadAsync(int most = 4096, CancellationToken cancellationToken = default)
    {
        var read = await _stream.ReadAsync(_bytes.AsMemory(0, Math.Min(most, _bytes.Length)), cancellationToken);
        _text.Append(_chars, 0, _decoder.GetChars(_bytes, 0, read, _chars, 0));
        TakeFrames();
        return read;
    }

    public async Task ReadUntilAsync(Func<EventReader, bool> enough)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!enough(this))
        {
            Assert.That(await ReadAsync(cancellationToken: patience.Token), Is.Positive, "the stream ended");
        }
    }

    public void Dispose() => _response.Dispose();

    private void TakeFrames()
    {
        var text = _text.ToString();
        for (int end; (end = text.IndexOf("\n\n", StringComparison.Ordinal)) >= 0; text = text[(end + 2)..])
        {
            Take(text[..end].Split('\n'));
        }

        _text.Clear().Append(text);
    }

    private void Take(string[] lines)
    {
        Comments += lines.Count(line => line.StartsWith(':'));
        LastId = Field(lines, "id") ?? LastId;
        if (Field(lines, "data") is { } data)
        {
            Events.Add(new ReadEvent(long.Parse(LastId!), Field(lines, "event")!, data));
        }
    }

    private static string? Field(string[] lines, string name) =>
        Array.Find(lines, line => line.StartsWith($"{name}: ", StringComparison.Ordinal))?[(name.Length + 2)..];
}
