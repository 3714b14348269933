using System.Buffers;
using Telegram.Mtproto.Handshake;
using Telegram.Mtproto.Session;
using Telegram.Mtproto.Transports;

namespace Telegram.Client.Tests.Scripted;

/// <summary>One connection of a <see cref="ScriptedServer"/>; everything under the server's lock but the waiting.</summary>
internal sealed class ScriptedConnection(ScriptedServer server, DuplexStream stream, Lock gate)
{
    private readonly ServerHandshake _handshake = new(new ServerHandshakeOptions { Keys = ScriptedServer.PrivateKeys }, server.Random);
    private byte[] _unread = [];
    private TransportCodec? _codec;
    private TransportObfuscation? _obfuscation;

    public bool IsClosed { get; private set; }

    public ServerSession? Session { get; set; }

    public async Task RunAsync()
    {
        var buffer = new byte[4096];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer)) > 0)
            {
                lock (gate)
                {
                    Take(buffer.AsSpan(0, count));
                }
            }
        }
        catch (IOException)
        {
            // The test closed it.
        }
        catch (Exception error)
        {
            server.Failure = error;
        }

        lock (gate)
        {
            Close();
        }
    }

    public void Close()
    {
        IsClosed = true;
        stream.Dispose();
    }

    public void SendError(int code)
    {
        var output = new ArrayBufferWriter<byte>();
        _codec!.WriteError(output, code);
        Write(output.WrittenSpan.ToArray());
    }

    public void Send(ReadOnlySpan<byte> payload)
    {
        var output = new ArrayBufferWriter<byte>();
        _codec!.Write(output, payload);
        Write(output.WrittenSpan.ToArray());
    }

    public void Flush()
    {
        var payload = new ArrayBufferWriter<byte>();
        while (!IsClosed && !server.IsSilent && Session?.Flush(payload, server.Now) == true)
        {
            Send(payload.WrittenSpan);
            payload.ResetWrittenCount();
        }
    }

    private void Take(Span<byte> arrived)
    {
        if (_codec is not null)
        {
            _obfuscation?.Decrypt(arrived);
        }

        _unread = [.. _unread, .. arrived];
        if (_codec is null && !Detect())
        {
            return;
        }

        var unread = new ReadOnlySequence<byte>(_unread);
        while (!IsClosed && _codec!.TryRead(ref unread, out var frame))
        {
            Receive(frame.Payload.ToArray());
        }

        _unread = unread.ToArray();
    }

    private bool Detect()
    {
        var detected = TransportDetector.Detect(new ReadOnlySequence<byte>(_unread));
        Assert.That(detected.Status, Is.Not.EqualTo(TransportDetectionStatus.Rejected), "the client speaks a transport");
        if (detected.Status != TransportDetectionStatus.Detected)
        {
            return false;
        }

        _codec = TransportCodec.Create(detected.Kind, TransportSide.Server, server.Random);
        _obfuscation = detected.Obfuscation;
        _unread = _unread[detected.Consumed..];
        _obfuscation?.Decrypt(_unread.AsSpan());
        return true;
    }

    private void Receive(byte[] payload)
    {
        if (!PlainMessage.IsPlain(payload))
        {
            if (!server.Receive(payload, this))
            {
                SendError(TransportErrorCodes.AuthKeyNotFound);
                Close();
            }

            return;
        }

        var output = new ArrayBufferWriter<byte>();
        var status = _handshake.Receive(payload, output, server.Now);
        if (output.WrittenCount > 0 && !server.IsSilent)
        {
            Send(output.WrittenSpan);
        }

        if (status == ServerHandshakeStatus.Completed)
        {
            server.Learn(_handshake.Result!);
        }
    }

    private void Write(byte[] bytes)
    {
        if (IsClosed)
        {
            return;
        }

        _obfuscation?.Encrypt(bytes);
        _ = stream.WriteAsync(bytes).AsTask();
    }
}
