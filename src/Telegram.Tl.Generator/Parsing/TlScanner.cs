namespace Telegram.Tl.Generator.Parsing;

/// <summary>Walks over the characters of one schema, knowing line and column.</summary>
internal sealed class TlScanner(string text)
{
    private int _position;
    private int _lineStart;

    public int Line { get; private set; }

    public int Column => _position - _lineStart;

    public bool IsAtEnd => _position >= text.Length;

    public char Current => IsAtEnd ? '\0' : text[_position];

    public void Advance()
    {
        if (Current == '\n')
        {
            Line++;
            _lineStart = _position + 1;
        }

        _position++;
    }

    public bool TryTake(char expected)
    {
        if (Current != expected)
        {
            return false;
        }

        Advance();
        return true;
    }

    public bool TryTake(string expected)
    {
        if (string.CompareOrdinal(text, _position, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    public void SkipSpace()
    {
        while (!IsAtEnd && char.IsWhiteSpace(Current))
        {
            Advance();
        }
    }

    /// <summary>The rest of the line, without its end.</summary>
    public string TakeLine()
    {
        var start = _position;
        while (!IsAtEnd && Current != '\n')
        {
            Advance();
        }

        return text.Substring(start, _position - start).TrimEnd('\r');
    }

    /// <summary>Letters, digits, underscores and dots.</summary>
    public string TakeName()
    {
        var start = _position;
        while (Current is '_' or '.' || (Current < 128 && char.IsLetterOrDigit(Current)))
        {
            Advance();
        }

        return text.Substring(start, _position - start);
    }

    /// <summary>Goes on behind the next semicolon, or at the next line if there is none on this one.</summary>
    public void Recover()
    {
        while (!IsAtEnd && Current is not (';' or '\n'))
        {
            Advance();
        }

        TryTake(';');
    }
}
