using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.SchemaTool;

/// <summary>Compares each number with the CRC32 it must be by the language's own rule: a wrong field or type shows here.</summary>
internal static class SchemaCheck
{
    public static IEnumerable<TlDeclaration> FindUnexplainedNumbers(IEnumerable<TlDeclaration> declarations) =>
        declarations.Where(declaration => TlCrc.Of(declaration) != declaration.Id);
}
