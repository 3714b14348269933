namespace Telegram.Tl;

/// <summary>
/// A value of a TL constructor (or a function call), as described at
/// <see href="https://core.telegram.org/mtproto/TL">core.telegram.org/mtproto/TL</see>.
/// </summary>
public interface ITlObject
{
    /// <summary>The 32-bit constructor number that stands before the fields of a boxed value.</summary>
    uint ConstructorId { get; }

    /// <summary>Writes the value boxed: the constructor number, then the fields.</summary>
    /// <param name="writer">Takes the bytes.</param>
    /// <exception cref="InvalidOperationException">Fields that share one flag bit are only partly set.</exception>
    void Write(ref TlWriter writer);
}
