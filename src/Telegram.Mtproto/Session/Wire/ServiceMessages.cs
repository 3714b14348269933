using Telegram.Tl;
using Telegram.Tl.Mtproto;

namespace Telegram.Mtproto.Session.Wire;

/// <summary>Writes the service messages that both sides send.</summary>
internal static class ServiceMessages
{
    /// <summary>A constructor with one <c>long</c>.</summary>
    public static void Write(OutgoingMessage message, uint constructorId, long value)
    {
        var writer = new TlWriter(message);
        writer.WriteUInt32(constructorId);
        writer.WriteInt64(value);
        writer.Flush();
    }

    /// <summary>A constructor with two <c>long</c>.</summary>
    public static void Write(OutgoingMessage message, uint constructorId, long first, long second)
    {
        var writer = new TlWriter(message);
        writer.WriteUInt32(constructorId);
        writer.WriteInt64(first);
        writer.WriteInt64(second);
        writer.Flush();
    }

    /// <summary>A constructor with a vector of one identifier.</summary>
    public static void WriteIds(OutgoingMessage message, uint constructorId, long messageId)
    {
        var writer = new TlWriter(message);
        writer.WriteUInt32(constructorId);
        writer.WriteVectorHeader(1);
        writer.WriteInt64(messageId);
        writer.Flush();
    }

    /// <summary><c>msgs_state_info</c>.</summary>
    public static void WriteStates(OutgoingMessage message, long requestMessageId, ReadOnlySpan<byte> states)
    {
        var writer = new TlWriter(message);
        writer.WriteUInt32(MsgsStateInfo.Id);
        writer.WriteInt64(requestMessageId);
        writer.WriteBytes(states);
        writer.Flush();
    }
}
