using System.Buffers;
using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Session;
using Telegram.Tl;

namespace Telegram.Client;

/// <summary>
/// A session as bytes: a mark, a version, the first half of the SHA-256 of what follows, then the values, little-endian.
/// </summary>
internal static class SessionFormat
{
    private const uint Mark = 0x31534754; // "TGS1"
    private const int Version = 1;
    private const int ChecksumSize = 16;
    private const int HeaderSize = (2 * sizeof(int)) + ChecksumSize;
    private const int MaxSize = 64 * 1024;
    private const int MaxKeys = 64;
    private const int MaxSalts = 64;
    private const int MaxDataCenter = 1000;
    private static readonly TimeSpan MaxTimeOffset = TimeSpan.FromDays(36_500);

    public static byte[] Write(TelegramSession session)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new TlWriter(output);
        writer.WriteInt32(session.DataCenterId);
        writer.WriteInt64(session.UserId ?? 0);
        writer.WriteInt32(session.Layer);
        writer.WriteInt32(session.Keys.Count);
        foreach (var (dataCenter, key) in session.Keys)
        {
            writer.WriteInt32(dataCenter);
            Write(ref writer, key);
        }

        writer.Flush();
        var body = output.WrittenSpan;
        var bytes = new byte[HeaderSize + body.Length];
        BitConverter.TryWriteBytes(bytes, Mark);
        BitConverter.TryWriteBytes(bytes.AsSpan(sizeof(int)), Version);
        Checksum(body).CopyTo(bytes, 2 * sizeof(int));
        body.CopyTo(bytes.AsSpan(HeaderSize));
        return bytes;
    }

    public static TelegramSession Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < HeaderSize or > MaxSize)
        {
            throw new TelegramSessionException("The session has an impossible length.");
        }

        try
        {
            var reader = new TlReader(bytes);
            Require(reader.ReadUInt32() == Mark, "These bytes are not a session.");
            Require(reader.ReadInt32() == Version, "The session is of a version this library does not know.");
            Require(reader.ReadRaw(ChecksumSize).SequenceEqual(Checksum(bytes[HeaderSize..])), "The session's checksum is wrong.");
            var session = ReadBody(ref reader);
            reader.EnsureAtEnd();
            return session;
        }
        catch (TlException)
        {
            throw new TelegramSessionException("The session is cut.");
        }
    }

    private static TelegramSession ReadBody(ref TlReader reader)
    {
        var dataCenter = ReadDataCenter(ref reader);
        var userId = reader.ReadInt64();
        Require(userId >= 0, "The session's user is impossible.");
        var layer = reader.ReadInt32();
        var count = reader.ReadInt32();
        Require(count is >= 0 and <= MaxKeys, "The session has an impossible number of keys.");
        var keys = new Dictionary<int, DataCenterKey>();
        for (var i = 0; i < count; i++)
        {
            Require(keys.TryAdd(ReadDataCenter(ref reader), ReadKey(ref reader)), "The session names a data centre twice.");
        }

        return new TelegramSession(dataCenter, userId == 0 ? null : userId, layer, keys);
    }

    private static int ReadDataCenter(ref TlReader reader)
    {
        var dataCenter = reader.ReadInt32();
        Require(dataCenter is >= 1 and <= MaxDataCenter, "The session names an impossible data centre.");
        return dataCenter;
    }

    private static void Write(ref TlWriter writer, DataCenterKey key)
    {
        writer.WriteRaw(key.Key.Bytes);
        writer.WriteBool(key.SignedIn);
        writer.WriteInt64((key.State?.TimeOffset ?? default).Ticks);
        var salts = key.State?.Salts ?? [];
        writer.WriteInt32(Math.Min(salts.Count, MaxSalts));
        foreach (var salt in salts.Take(MaxSalts))
        {
            writer.WriteInt64(salt.Value);
            writer.WriteInt64(salt.ValidSince.UtcTicks);
            writer.WriteInt64(salt.ValidUntil.UtcTicks);
        }
    }

    private static DataCenterKey ReadKey(ref TlReader reader)
    {
        var bytes = reader.ReadRaw(AuthKey.Size);
        Require(bytes.ContainsAnyExcept((byte)0), "The session has an empty key.");
        var key = new AuthKey(bytes);
        var signedIn = reader.ReadBool();
        var offset = TimeSpan.FromTicks(reader.ReadInt64());
        Require(offset <= MaxTimeOffset && offset >= -MaxTimeOffset, "The session's clock offset is impossible.");
        var count = reader.ReadInt32();
        Require(count is >= 0 and <= MaxSalts, "The session has an impossible number of salts.");
        var salts = new ServerSalt[count];
        for (var i = 0; i < count; i++)
        {
            salts[i] = new ServerSalt(reader.ReadInt64(), ReadTime(ref reader), ReadTime(ref reader));
        }

        return new DataCenterKey(key, new ClientSessionState(salts, offset), signedIn);
    }

    private static DateTimeOffset ReadTime(ref TlReader reader)
    {
        var ticks = reader.ReadInt64();
        Require(ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks, "The session has an impossible time.");
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static byte[] Checksum(ReadOnlySpan<byte> body) => SHA256.HashData(body)[..ChecksumSize];

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new TelegramSessionException(message);
        }
    }
}
