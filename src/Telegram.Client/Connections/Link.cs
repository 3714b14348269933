using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Telegram.Mtproto.Transports;
using Telegram.Tl;

namespace Telegram.Client;

/// <summary>
/// One connection's bytes: frames and, where wanted, obfuscates. One loop may read while another writes. While it waits for the other
/// side it holds no buffer.
/// </summary>
internal sealed class Link : IDisposable
{
    /// <summary>More than this is not gathered for one send.</summary>
    private const int FullAt = 256 * 1024;

    /// <summary>A handshake's messages are below 1 KiB; nobody has proven anything yet.</summary>
    private const int MaxFrameBeforeKey = 16 * 1024;

    private readonly Stream _stream;
    private readonly TransportCodec _codec;
    private readonly TransportObfuscation? _obfuscation;
    private readonly ReceiveBuffer _received = new();
    private readonly PooledBuffer _payload = new();
    private readonly PooledBuffer _output = new();
    private int _isClosed;

    public Link(Stream stream, DataCenterAddress address, TelegramClientOptions options)
    {
        _stream = stream;
        Address = address;
        _codec = TransportCodec.Create(options.WireTransport, TransportSide.Client, options.Random);
        _codec.MaxFrameLength = MaxFrameBeforeKey;
        if (options.IsObfuscated)
        {
            var header = _output.GetSpan(TransportObfuscation.HeaderLength);
            var dataCenter = (short)options.DataCenters.WireId(address.DataCenterId);
            _obfuscation = TransportObfuscation.CreateClient(options.WireTransport, dataCenter, options.Random, header, options.ObfuscationKey);
            _output.Advance(TransportObfuscation.HeaderLength);
        }
        else
        {
            _output.Write(_codec.Preamble);
        }
    }

    public DataCenterAddress Address { get; }

    public bool IsClosed => Volatile.Read(ref _isClosed) != 0;

    /// <summary>What arrived is no frame.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Enough is gathered for one send.</summary>
    public bool IsFull => _output.WrittenCount >= FullAt;

    /// <summary>Takes one payload; then <see cref="Frame"/>.</summary>
    public IBufferWriter<byte> Payload => _payload;

    /// <summary>From now on both sides share a key: larger frames are welcome.</summary>
    public void Trust() => _codec.MaxFrameLength = TransportCodec.DefaultMaxFrameLength;

    /// <summary>Frames what is in <see cref="Payload"/> behind what is to be sent already.</summary>
    public void Frame()
    {
        var start = _output.WrittenCount;
        _codec.Write(_output, _payload.WrittenSpan);
        _obfuscation?.Encrypt(_output.WrittenSpan[start..]);
        _payload.Release();
    }

    /// <summary>Sends what was framed; false: the connection is closed.</summary>
    public async ValueTask<bool> SendAsync()
    {
        try
        {
            await _stream.WriteAsync(_output.WrittenMemory);
            return true;
        }
        catch (Exception error) when (IsEnd(error))
        {
            return false;
        }
        finally
        {
            _output.Release();
        }
    }

    /// <summary>Waits until something has arrived; false: the connection is closed or broken.</summary>
    public async ValueTask<bool> ReceiveAsync()
    {
        try
        {
            if (IsBroken)
            {
                return false;
            }

            if (_received.IsEmpty)
            {
                // Reading nothing waits for something without holding memory for it.
                _received.ReleaseIfEmpty();
                _ = await _stream.ReadAsync(Memory<byte>.Empty);
            }

            var count = await _stream.ReadAsync(_received.GetFree());
            var arrived = _received.Commit(count);
            _obfuscation?.Decrypt(arrived.Span);
            return count > 0;
        }
        catch (Exception error) when (IsEnd(error))
        {
            return false;
        }
    }

    /// <summary>The next payload or transport error that arrived whole. A payload stays valid until the next <see cref="ReceiveAsync"/>.</summary>
    public bool TryRead(out Memory<byte> payload, out int? error)
    {
        payload = default;
        error = null;
        try
        {
            while (true)
            {
                var unread = _received.Unread;
                if (!_codec.TryRead(ref unread, out var frame))
                {
                    return false;
                }

                _received.Consume(unread);
                switch (frame.Kind)
                {
                    case TransportFrameKind.Payload:
                        payload = MemoryMarshal.AsMemory(frame.Payload.First);
                        return true;
                    case TransportFrameKind.Error:
                        error = frame.ErrorCode;
                        return true;
                }
            }
        }
        catch (TransportException)
        {
            IsBroken = true;
            return false;
        }
    }

    /// <summary>Closes the connection; whoever waits on it is released. Safe to call from anywhere.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _stream.Dispose();
        }
    }

    /// <summary>Closes, and gives all memory back. Only when nobody reads or writes any more.</summary>
    public void Dispose()
    {
        Close();
        _received.Release();
        _payload.Release();
        _output.Release();
        _obfuscation?.Dispose();
    }

    private static bool IsEnd(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException or OperationCanceledException;
}
