using System.Buffers;
using Telegram.Sandbox.Rpc;
using Telegram.Tl;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>The formatting of a text. The world keeps it as the bytes of a vector and does not look inside.</summary>
internal static class TlEntities
{
    private const int MaxEntities = 100;

    /// <summary>The bytes of a vector; null for plain text.</summary>
    /// <exception cref="RpcErrorException">There are too many.</exception>
    public static byte[]? Write(IMessageEntity[]? entities)
    {
        if (entities is null or [])
        {
            return null;
        }

        if (entities.Length > MaxEntities)
        {
            throw RpcErrorException.BadRequest("ENTITIES_TOO_LONG");
        }

        var buffer = new ArrayBufferWriter<byte>();
        var writer = new TlWriter(buffer);
        writer.WriteObjectVector(entities);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static IMessageEntity[] Read(byte[] bytes)
    {
        var reader = new TlReader(bytes);
        var entities = new IMessageEntity[reader.ReadVectorCount(minimumElementSize: sizeof(uint))];
        for (var index = 0; index < entities.Length; index++)
        {
            entities[index] = IMessageEntity.Read(ref reader);
        }

        return entities;
    }
}
