using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Telegram.Tl.Generator.Tests;

/// <summary>Runs the generator as the compiler does.</summary>
internal static class GeneratorHarness
{
    /// <summary>A name that Telegram.Tl shows its internals to, so that what is generated elsewhere can use them.</summary>
    private const string FriendAssembly = "Telegram.Tl.Tests";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    public static GeneratorDriver CreateDriver(params ReadOnlySpan<SchemaText> files) => CSharpGeneratorDriver.Create(
        [new TlGenerator().AsSourceGenerator()],
        files.ToArray(),
        ParseOptions,
        new SchemaOptions(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static CSharpCompilation CreateCompilation(params IEnumerable<string> sources) => CSharpCompilation.Create(
        FriendAssembly,
        sources.Select(source => CSharpSyntaxTree.ParseText(source, ParseOptions)),
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorRunResult Run(params ReadOnlySpan<SchemaText> files) =>
        CreateDriver(files).RunGenerators(CreateCompilation("")).GetRunResult().Results.Single();

    /// <summary>Compiles what is generated (but for the registry, of which Telegram.Tl has its own) and loads it.</summary>
    public static Assembly Load(string schema)
    {
        var generated = Run(new SchemaText("test.tl", schema)).GeneratedSources
            .Where(source => !source.HintName.Contains("Registry", StringComparison.Ordinal))
            .Select(source => source.SourceText.ToString());
        using var image = new MemoryStream();
        var result = CreateCompilation(generated).Emit(image);
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning), Is.Empty);
        return Assembly.Load(image.ToArray());
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Memory.dll" or "Telegram.Tl.dll")
        .Select(path => MetadataReference.CreateFromFile(path));

    internal sealed class SchemaText(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class SchemaOptions : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(ImmutableDictionary<string, string>.Empty);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(ImmutableDictionary<string, string>.Empty
            .Add("build_metadata.AdditionalFiles.TlTypesNamespace", "Sample.Types")
            .Add("build_metadata.AdditionalFiles.TlFunctionsNamespace", "Sample.Functions"));

        private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
        }
    }
}
