using System.Buffers.Binary;
using Telegram.Mtproto.Session;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>What the server sends unasked: each comes at most once, and all of those of the session that lives at the end.</summary>
internal sealed class Pushes(Totals totals)
{
    private const uint UpdatesTooLong = 0xe317af7e;
    private readonly List<ServerSession> _sentIn = [];
    private readonly HashSet<int> _delivered = [];

    public void Send(ServerSession session, int length)
    {
        var update = new byte[8 + length];
        BinaryPrimitives.WriteUInt32LittleEndian(update, UpdatesTooLong);
        BinaryPrimitives.WriteInt32LittleEndian(update.AsSpan(4), _sentIn.Count);
        _sentIn.Add(session);
        session.SendUpdate(update);
        totals.Pushes++;
    }

    public void Delivered(ReadOnlySpan<byte> update)
    {
        InvariantException.Demand(update.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(update) == UpdatesTooLong, "an update is what was pushed");
        InvariantException.Demand(_delivered.Add(BinaryPrimitives.ReadInt32LittleEndian(update[4..])), "no update comes twice");
        totals.PushesDelivered++;
    }

    public void CheckEnd(ServerSession? living)
    {
        for (var number = 0; number < _sentIn.Count; number++)
        {
            InvariantException.Demand(
                _sentIn[number] != living || _delivered.Contains(number), $"update {number} of the session that lives is delivered");
        }

        totals.PushesLostWithASession += _sentIn.Count - _delivered.Count;
    }
}
