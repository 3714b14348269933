using System.Buffers;
using Telegram.Mtproto.Transports;

namespace Telegram.Mtproto.Fuzz.Simulation;

/// <summary>One connection: both ends' transports, the obfuscation where there is one, and the bytes between.</summary>
internal sealed class Link
{
    private readonly World _world;
    private readonly SimulatedClient _client;
    private readonly SimulatedServer _server;
    private readonly Pipe _up;
    private readonly Pipe _down;
    private readonly ReceiveBuffer _clientBuffer = new();
    private readonly ReceiveBuffer _serverBuffer = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly TransportCodec _clientCodec;
    private readonly TransportObfuscation? _clientStream;
    private TransportCodec? _serverCodec;
    private TransportObfuscation? _serverStream;

    public Link(World world, SimulatedClient client, SimulatedServer server)
    {
        (_world, _client, _server) = (world, client, server);
        _up = new Pipe(world, ArriveAtServer);
        _down = new Pipe(world, ArriveAtClient);
        var kind = (TransportKind)world.Random.Next(4);
        _clientCodec = TransportCodec.Create(kind, TransportSide.Client, world.Random);
        if (kind != TransportKind.Full && world.Random.Next(2) == 0)
        {
            var header = new byte[TransportObfuscation.HeaderLength];
            _clientStream = TransportObfuscation.CreateClient(kind, 2, world.Random, header);
            _up.Send(header);
        }
        else if (!_clientCodec.Preamble.IsEmpty)
        {
            _up.Send(_clientCodec.Preamble);
        }
    }

    /// <summary>Whether the client still uses it.</summary>
    public bool IsOpenAtClient { get; private set; } = true;

    /// <summary>Whether the server has not heard of its end.</summary>
    public bool IsOpenAtServer { get; private set; } = true;

    public bool IsDamaged => _up.IsDamaged || _down.IsDamaged;

    public bool SupportsQuickAck => _clientCodec.SupportsQuickAck;

    public void SendFromClient(ReadOnlySpan<byte> payload, bool requestQuickAck)
    {
        _clientCodec.Write(_output, payload, requestQuickAck);
        Send(_up, _clientStream);
    }

    public void SendFromServer(ReadOnlySpan<byte> payload)
    {
        _serverCodec!.Write(_output, payload);
        Send(_down, _serverStream);
    }

    public void SendQuickAck(uint token)
    {
        _serverCodec!.WriteQuickAck(_output, token);
        Send(_down, _serverStream);
    }

    /// <summary>The connection ends for both, though the server may hear of it later.</summary>
    public void Break()
    {
        var isLate = _world.Happens(_world.Schedule.Late);
        _up.Cut(isLate);
        _down.Cut(late: false);
        IsOpenAtClient = false;
        _world.After(_world.Random.Next(isLate ? 5000 : 500), EndAtServer);
    }

    private void EndAtServer()
    {
        IsOpenAtServer = false;
        _clientStream?.Dispose();
        _serverStream?.Dispose();
    }

    private void Send(Pipe pipe, TransportObfuscation? stream)
    {
        var bytes = _output.WrittenSpan.ToArray();
        _output.ResetWrittenCount();
        stream?.Encrypt(bytes);
        pipe.Send(bytes);
    }

    private void ArriveAtServer(byte[] bytes)
    {
        if (!IsOpenAtServer)
        {
            return;
        }

        _serverStream?.Decrypt(bytes);
        _serverBuffer.Append(bytes);
        try
        {
            if (_serverCodec is null && !Detect())
            {
                return;
            }

            while (IsOpenAtServer && TryRead(_serverCodec!, _serverBuffer, out var payload, out var frame))
            {
                _server.Receive(this, payload, frame.QuickAckRequested);
            }
        }
        catch (TransportException) when (_up.IsDamaged)
        {
            Break();
        }
    }

    private bool Detect()
    {
        var detection = TransportDetector.Detect(_serverBuffer.Unread);
        if (detection.Status == TransportDetectionStatus.Rejected)
        {
            InvariantException.Demand(_up.IsDamaged, "the server knows every client's transport");
            Break();
        }

        if (detection.Status != TransportDetectionStatus.Detected)
        {
            return false;
        }

        _serverStream = detection.Obfuscation;
        _serverCodec = TransportCodec.Create(detection.Kind, TransportSide.Server, _world.Random);
        _serverBuffer.KeepFrom(_serverBuffer.Unread.GetPosition(detection.Consumed));
        _serverStream?.Decrypt(_serverBuffer.Bytes);
        return true;
    }

    private void ArriveAtClient(byte[] bytes)
    {
        if (!IsOpenAtClient)
        {
            return;
        }

        _clientStream?.Decrypt(bytes);
        _clientBuffer.Append(bytes);
        try
        {
            while (IsOpenAtClient && TryRead(_clientCodec, _clientBuffer, out var payload, out var frame))
            {
                _client.Receive(this, payload, in frame);
            }
        }
        catch (TransportException) when (_down.IsDamaged)
        {
            Break();
        }
    }

    private static bool TryRead(TransportCodec codec, ReceiveBuffer buffer, out byte[] payload, out TransportFrame frame)
    {
        var unread = buffer.Unread;
        var isRead = codec.TryRead(ref unread, out frame);
        payload = isRead ? frame.Payload.ToArray() : [];
        if (isRead)
        {
            buffer.KeepFrom(unread.Start);
        }

        return isRead;
    }
}
