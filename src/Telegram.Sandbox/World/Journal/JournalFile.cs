using System.Buffers;
using System.Text.Json;

namespace Telegram.Sandbox.World;

/// <summary>
/// The world's memory: one JSON record a line, only ever appended to. A record is handed to the operating system before its effect
/// is seen, so killing the process loses nothing; only the machine's own crash could. A last record cut off in the middle is dropped.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const int MaxRecordBytes = 4 << 20;

    private readonly FileStream _file;
    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private readonly Utf8JsonWriter _json;

    private JournalFile(FileStream file)
    {
        _file = file;
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JournalJson.Readable.Options.Encoder });
    }

    /// <summary>Opens or makes the file and hands over every whole record in it. Nobody else may have it open.</summary>
    public static JournalFile Open(string path, Action<JournalRecord> replay)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            file.SetLength(Replay(file, replay));
            file.Seek(0, SeekOrigin.End);
            return new JournalFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(JournalRecord record)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        JsonSerializer.Serialize(_json, record, JournalJson.Readable.JournalRecord);
        _json.Flush();
        _buffer.Write("\n"u8);
        var end = _file.Position;
        try
        {
            _file.Write(_buffer.WrittenSpan);
        }
        catch (IOException)
        {
            // Half a record must not stand before the next one.
            _file.SetLength(end);
            _file.Position = end;
            throw;
        }
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    // Returns where the last whole record ends.
    private static long Replay(FileStream file, Action<JournalRecord> replay)
    {
        var buffer = new byte[64 << 10];
        var (filled, consumed, line) = (0, 0L, 0);
        while (true)
        {
            var read = file.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            var start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf((byte)'\n') is >= 0 and var length)
            {
                replay(Parse(buffer.AsSpan(start, length), ++line));
                start += length + 1;
            }

            consumed += start;
            if (read == 0)
            {
                return consumed;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == buffer.Length)
            {
                Grow(ref buffer, line);
            }
        }
    }

    private static void Grow(ref byte[] buffer, int line)
    {
        if (buffer.Length >= MaxRecordBytes)
        {
            throw new JournalException($"Record {line + 1} of the sandbox's journal is longer than {MaxRecordBytes} bytes.");
        }

        Array.Resize(ref buffer, buffer.Length * 2);
    }

    private static JournalRecord Parse(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Readable.JournalRecord)
                ?? throw new JournalException($"Record {number} of the sandbox's journal is null.");
        }
        catch (JsonException exception)
        {
            throw new JournalException($"Record {number} of the sandbox's journal cannot be read.", exception);
        }
    }
}
