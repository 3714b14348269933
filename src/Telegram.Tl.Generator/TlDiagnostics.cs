using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator;

/// <summary>What the generator reports to the compiler.</summary>
internal static class TlDiagnostics
{
    private const string Category = "Telegram.Tl";

    public static readonly DiagnosticDescriptor Syntax =
        new("TLG001", "The schema can't be read", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor UnknownType =
        new("TLG002", "A type is unknown", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Duplicate =
        new("TLG003", "A name or a number is used twice", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor Unsupported =
        new("TLG004", "The schema uses TL that the generator does not know", "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static Diagnostic Create(string path, TlProblem problem)
    {
        var position = new LinePosition(problem.Line, problem.Column);
        return Diagnostic.Create(Descriptor(problem.Kind), Location.Create(path, default, new LinePositionSpan(position, position)), problem.Message);
    }

    private static DiagnosticDescriptor Descriptor(TlProblemKind kind) => kind switch
    {
        TlProblemKind.UnknownType => UnknownType,
        TlProblemKind.Duplicate => Duplicate,
        TlProblemKind.Unsupported => Unsupported,
        _ => Syntax,
    };
}
