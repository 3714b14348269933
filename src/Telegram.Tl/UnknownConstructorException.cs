namespace Telegram.Tl;

/// <summary>A constructor number that the pinned schema does not have where it stands.</summary>
/// <param name="constructorId">The number that was read.</param>
/// <param name="expected">The TL type that was expected there, for instance <c>UserStatus</c>.</param>
public sealed class UnknownConstructorException(uint constructorId, string expected)
    : TlException("Unknown constructor.")
{
    private string _root = "";
    private string _segments = "";

    /// <summary>The number that was read.</summary>
    public uint ConstructorId { get; } = constructorId;

    /// <summary>The TL type that was expected, for instance <c>UserStatus</c>.</summary>
    public string Expected { get; } = expected;

    /// <summary>
    /// The way from the outermost value to the unknown one, for instance <c>messages.dialogs.users[3].status</c>;
    /// empty if the outermost value itself is unknown.
    /// </summary>
    public string Path => _root + _segments;

    /// <inheritdoc/>
    public override string Message => Path.Length == 0
        ? $"Unknown constructor 0x{ConstructorId:x8} where {Expected} was expected."
        : $"Unknown constructor 0x{ConstructorId:x8} where {Expected} was expected, at {Path}.";

    /// <summary>
    /// Called from exception filters while the exception looks for its handler, innermost value first, so that the path
    /// costs nothing as long as nothing fails.
    /// </summary>
    /// <returns>Always false: a filter that only takes notes.</returns>
    internal bool AddField(string constructor, string field)
    {
        _root = constructor;
        _segments = "." + field + _segments;
        return false;
    }

    /// <inheritdoc cref="AddField"/>
    internal bool AddIndex(int index)
    {
        _root = "vector";
        _segments = $"[{index}]{_segments}";
        return false;
    }
}
