using System.Runtime.InteropServices;

namespace Telegram.Sandbox.World;

/// <summary>Message ids of one dialog that nobody stores: <c>First, First + Step, …</c>, <see cref="Count"/> of them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IdProgression(int First, int Step, int Count)
{
    public static IdProgression Empty { get; } = new(1, 1, 0);

    public int this[int row] => First + (row * Step);

    /// <summary>How many of the ids are smaller than <paramref name="id"/>.</summary>
    public int CountBelow(long id) => id <= First ? 0 : (int)Math.Min(Count, ((id - First - 1) / Step) + 1);

    public bool TryRow(int id, out int row)
    {
        row = (id - First) / Step;
        return id >= First && (id - First) % Step == 0 && row < Count;
    }
}
