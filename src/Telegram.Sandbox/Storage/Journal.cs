using System.Text.Json;

namespace Telegram.Sandbox.Storage;

/// <summary>
/// Records appended to a file, one JSON object a line. A record is with the operating system when <see cref="Append"/>
/// returns, so a killed process loses none; a last line that was only half written is dropped when the file is opened.
/// </summary>
internal sealed class Journal<TRecord> : IDisposable
    where TRecord : class
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private FileStream _file;

    private Journal(string path, FileStream file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Opens the file, or makes it, and reads what it holds.</summary>
    /// <exception cref="InvalidDataException">A line other than the last can't be read.</exception>
    /// <exception cref="IOException">The file is in use by another sandbox, or can't be read.</exception>
    public static Journal<TRecord> Open(string path, out List<TRecord> records)
    {
        var file = OpenFile(path, FileMode.OpenOrCreate);
        try
        {
            records = Read(file, path);
            return new Journal<TRecord>(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Append(TRecord record)
    {
        var line = Line(record);
        lock (_lock)
        {
            _file.Write(line);
            _file.Flush();
        }
    }

    /// <summary>Replaces the whole content, in one step as far as a crash is concerned.</summary>
    public void Rewrite(IEnumerable<TRecord> records)
    {
        var next = _path + ".new";
        lock (_lock)
        {
            using (var file = OpenFile(next, FileMode.Create))
            {
                foreach (var record in records)
                {
                    file.Write(Line(record));
                }

                file.Flush(flushToDisk: true);
            }

            _file.Dispose();
            File.Move(next, _path, overwrite: true);
            _file = OpenFile(_path, FileMode.Open);
            _file.Seek(0, SeekOrigin.End);
        }
    }

    public void Dispose() => _file.Dispose();

    private static byte[] Line(TRecord record) => [.. JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Options), (byte)'\n'];

    private static FileStream OpenFile(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows() && mode != FileMode.Open)
        {
            // The records hold keys: nobody but the owner has any business with them.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static List<TRecord> Read(FileStream file, string path)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var records = new List<TRecord>();
        var start = 0;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0 || Parse(bytes.AsSpan(start, length)) is not { } record)
            {
                break;
            }

            records.Add(record);
            start += length + 1;
        }

        if (bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var end && start + end + 1 < bytes.Length)
        {
            throw new InvalidDataException($"Record {records.Count + 1} of {path} can't be read, and records follow it.");
        }

        file.SetLength(start);
        file.Seek(0, SeekOrigin.End);
        return records;
    }

    private static TRecord? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<TRecord>(line, JournalJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
