using System.Globalization;

namespace Telegram.Tl.Generator.Parsing;

/// <summary>
/// Reads the part of the TL language that Telegram's schemas use
/// (core.telegram.org/mtproto/TL): sections, combinators, conditional fields, vectors, bare types, <c>!X</c>.
/// </summary>
internal sealed class TlParser
{
    private readonly TlScanner _scanner;
    private readonly List<TlDeclaration> _declarations = [];
    private readonly List<TlProblem> _problems = [];
    private bool _inFunctions;
    private int _layer;

    private TlParser(string text) => _scanner = new TlScanner(text);

    public static TlSchema Parse(string text)
    {
        var parser = new TlParser(text);
        parser.ParseAll();
        return new TlSchema(parser._layer, parser._declarations.ToEquatableArray(), parser._problems.ToEquatableArray());
    }

    private void ParseAll()
    {
        for (_scanner.SkipSpace(); !_scanner.IsAtEnd; _scanner.SkipSpace())
        {
            if (_scanner.TryTake("//"))
            {
                ParseComment(_scanner.TakeLine());
            }
            else if (_scanner.TryTake("---"))
            {
                ParseSection(_scanner.Line, _scanner.TakeLine());
            }
            else
            {
                ParseDeclarationOrRecover();
            }
        }
    }

    private void ParseComment(string comment)
    {
        const string Mark = "LAYER ";
        var text = comment.Trim();
        if (text.StartsWith(Mark, StringComparison.Ordinal)
            && int.TryParse(text.Substring(Mark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var layer))
        {
            _layer = layer;
        }
    }

    private void ParseSection(int line, string rest)
    {
        switch (rest.Trim())
        {
            case "types---":
                _inFunctions = false;
                break;
            case "functions---":
                _inFunctions = true;
                break;
            default:
                _problems.Add(new TlProblem(TlProblemKind.Syntax, "Sections are ---types--- and ---functions---.", line));
                break;
        }
    }

    private void ParseDeclarationOrRecover()
    {
        try
        {
            _declarations.Add(ParseDeclaration());
        }
        catch (TlSyntaxException problem)
        {
            _problems.Add(new TlProblem(TlProblemKind.Syntax, problem.Message, _scanner.Line, _scanner.Column));
            _scanner.Recover();
        }
    }

    private TlDeclaration ParseDeclaration()
    {
        var line = _scanner.Line;
        var name = Name("the name of a combinator");
        var id = _scanner.TryTake('#') ? Number() : (uint?)null;
        var generics = new List<string>();
        var fields = new List<TlField>();
        for (_scanner.SkipSpace(); !_scanner.TryTake('='); _scanner.SkipSpace())
        {
            if (_scanner.TryTake('{'))
            {
                generics.Add(ParseGeneric());
            }
            else
            {
                fields.Add(ParseField());
            }
        }

        _scanner.SkipSpace();
        var result = ParseType();
        _scanner.SkipSpace();
        Expect(';');
        var declaration = new TlDeclaration(name, id ?? 0, generics.ToEquatableArray(), fields.ToEquatableArray(), result, _inFunctions, line);
        return id is null ? declaration with { Id = TlCrc.Of(declaration) } : declaration;
    }

    private string ParseGeneric()
    {
        var name = Name("a type variable");
        Expect(':');
        if (!string.Equals(Name("Type"), "Type", StringComparison.Ordinal))
        {
            throw new TlSyntaxException("Only variables of type Type are supported.");
        }

        Expect('}');
        return name;
    }

    private TlField ParseField()
    {
        var line = _scanner.Line;
        var name = Name("a field's name or '='");
        Expect(':');
        if (_scanner.TryTake('#'))
        {
            return new TlField(name, new TlTypeExpression("#"), Line: line);
        }

        var type = ParseType();
        if (!_scanner.TryTake('?'))
        {
            return new TlField(name, type, Line: line);
        }

        var dot = type.Name.LastIndexOf('.');
        if (dot <= 0 || !int.TryParse(type.Name.Substring(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bit) || bit > 31)
        {
            throw new TlSyntaxException("A condition is written word.bit? with a bit from 0 to 31.");
        }

        return new TlField(name, ParseType(), type.Name.Substring(0, dot), bit, line);
    }

    private TlTypeExpression ParseType()
    {
        var isPercent = _scanner.TryTake('%');
        var isFunction = !isPercent && _scanner.TryTake('!');
        var name = Name("a type");
        if (!_scanner.TryTake('<'))
        {
            return new TlTypeExpression(name, null, isPercent, isFunction);
        }

        var argument = ParseType();
        Expect('>');
        return new TlTypeExpression(name, argument, isPercent, isFunction);
    }

    private string Name(string what)
    {
        var name = _scanner.TakeName();
        return name.Length > 0 ? name : throw new TlSyntaxException($"Expected {what}.");
    }

    private uint Number() =>
        uint.TryParse(_scanner.TakeName(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new TlSyntaxException("Expected up to eight hexadecimal digits after '#'.");

    private void Expect(char expected)
    {
        if (!_scanner.TryTake(expected))
        {
            throw new TlSyntaxException($"Expected '{expected}'.");
        }
    }

    private sealed class TlSyntaxException(string message) : Exception(message);
}
