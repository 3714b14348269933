using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Telegram.Tl.Generator.Emit;
using Telegram.Tl.Generator.Model;
using Telegram.Tl.Generator.Parsing;

namespace Telegram.Tl.Generator;

/// <summary>
/// Turns the <c>.tl</c> files among a project's additional files into C#. Each file's metadata <c>TlTypesNamespace</c> and
/// <c>TlFunctionsNamespace</c> say where its constructors and its functions go.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class TlGenerator : IIncrementalGenerator
{
    internal const string InputStep = "TlInput";
    internal const string ModelStep = "TlModel";
    internal const string RegistryStep = "TlRegistry";

    private const string Extension = ".tl";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var inputs = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select((pair, token) => Read(pair.Left, pair.Right.GetOptions(pair.Left), token))
            .WithTrackingName(InputStep);
        var models = inputs.Select((input, _) => Build(input)).WithTrackingName(ModelStep);
        var registry = models.Collect().Select((all, _) => RegistryModel.Of(all.Select(file => file.Model))).WithTrackingName(RegistryStep);
        context.RegisterSourceOutput(models, EmitSchema);
        context.RegisterSourceOutput(registry, EmitRegistry);
    }

    private static SchemaInput Read(AdditionalText file, AnalyzerConfigOptions options, CancellationToken token) => new(
        file.Path,
        file.GetText(token)?.ToString() ?? "",
        Option(options, "TlTypesNamespace", "Telegram.Tl.Types"),
        Option(options, "TlFunctionsNamespace", "Telegram.Tl.Functions"));

    private static string Option(AnalyzerConfigOptions options, string name, string fallback) =>
        options.TryGetValue("build_metadata.AdditionalFiles." + name, out var value) && value.Length > 0 ? value : fallback;

    private static SchemaOutput Build(SchemaInput input) =>
        new(input.Path, ModelBuilder.Build(TlParser.Parse(input.Text), input.TypesNamespace, input.FunctionsNamespace));

    private static void EmitSchema(SourceProductionContext context, SchemaOutput output)
    {
        foreach (var problem in output.Model.Problems)
        {
            context.ReportDiagnostic(TlDiagnostics.Create(output.Path, problem));
        }

        foreach (var file in SchemaEmitter.Emit(output.Model))
        {
            context.AddSource(file.Key, SourceText.From(file.Value, Encoding.UTF8));
        }
    }

    private static void EmitRegistry(SourceProductionContext context, RegistryModel model)
    {
        if (model.Entries.Count > 0)
        {
            context.AddSource("Telegram.Tl.TlRegistry.g.cs", SourceText.From(RegistryEmitter.Emit(model), Encoding.UTF8));
        }
    }

    private sealed record SchemaInput(string Path, string Text, string TypesNamespace, string FunctionsNamespace);

    private sealed record SchemaOutput(string Path, SchemaModel Model);
}
