namespace Telegram.Mtproto.Tests.Handshake;

/// <summary>Gives what a test has written down, in that order and in pieces of exactly those lengths.</summary>
internal sealed class ScriptedRandomSource(params string[] pieces) : IRandomSource
{
    private int _next;

    public bool IsUsedUp => _next == pieces.Length;

    public void Fill(Span<byte> destination)
    {
        var piece = Hex.Bytes(pieces[_next++]);
        Assert.That(destination.Length, Is.EqualTo(piece.Length), $"piece {_next - 1}");
        piece.CopyTo(destination);
    }
}
