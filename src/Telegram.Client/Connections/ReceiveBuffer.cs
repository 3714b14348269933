using System.Buffers;

namespace Telegram.Client;

/// <summary>
/// What has arrived and was not read yet, in one piece, so that a payload can be decrypted where it lies. It grows with what arrives,
/// never with what was announced; empty, it holds no memory.
/// </summary>
internal sealed class ReceiveBuffer
{
    private const int InitialSize = 8 * 1024;

    private byte[] _array = [];
    private int _start;
    private int _end;

    public bool IsEmpty => _start == _end;

    public ReadOnlySequence<byte> Unread => new(_array, _start, _end - _start);

    /// <summary>Room for what arrives next.</summary>
    public Memory<byte> GetFree()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        if (_array.Length == 0)
        {
            _array = ArrayPool<byte>.Shared.Rent(InitialSize);
        }
        else if (_end == _array.Length)
        {
            MakeRoom();
        }

        return _array.AsMemory(_end);
    }

    public Memory<byte> Commit(int count)
    {
        var arrived = _array.AsMemory(_end, count);
        _end += count;
        return arrived;
    }

    /// <summary>Everything up to what is left of <see cref="Unread"/> was read.</summary>
    public void Consume(in ReadOnlySequence<byte> rest) => _start = _end - (int)rest.Length;

    /// <summary>Gives the memory back if nothing is in it.</summary>
    public void ReleaseIfEmpty()
    {
        if (IsEmpty)
        {
            Release();
        }
    }

    public void Release()
    {
        var old = _array;
        _array = [];
        _start = _end = 0;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    private void MakeRoom()
    {
        var unread = _array.AsSpan(_start, _end - _start);
        if (_start >= _array.Length / 2)
        {
            unread.CopyTo(_array);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(_array.Length * 2);
            unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_array);
            _array = larger;
        }

        _end -= _start;
        _start = 0;
    }
}
