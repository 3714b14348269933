using System.Reflection;
using System.Text.RegularExpressions;
using Crm.Api.Documentation;
using Crm.Api.Problems;
using Crm.Api.Tests.Support;
using Crm.Application.Telegram;
using Crm.Domain;

namespace Crm.Api.Tests.Documentation;

/// <summary>The catalogue, the code and the document know the same errors.</summary>
[TestFixture]
internal sealed partial class ErrorCatalogTests
{
    /// <summary>What callers never see: a send that Telegram has already, and two names for statuses that nothing gives.</summary>
    private static readonly string[] Inside =
        [TelegramErrors.RandomIdDuplicate.Code, ProblemCodes.ServerUnavailable, ProblemCodes.RequestRefused];

    [Test]
    public void Catalog_WhenComparedWithTheCode_HoldsEveryError()
    {
        string[] names = ["Crm.Domain", "Crm.Application", "Crm.Infrastructure", "Crm.Api"];
        var made =
            from name in names
            from type in Assembly.Load(name).GetTypes()
            where type != typeof(ErrorCatalog)
            from method in Il.MethodsOf(type)
            let operands = Il.OperandsOf(method).ToList()
            where operands.OfType<MethodBase>().Any(MakesErrors)
            from text in operands.OfType<string>()
            where Code().IsMatch(text)
            select text;
        Assert.That(made.Distinct().Except(Inside), Is.EquivalentTo(ErrorCatalog.All.Select(problem => problem.Code)));
    }

    [Test]
    public async Task Document_WhenComparedWithTheCatalog_HoldsEveryCodeUnderItsStatus()
    {
        await using var api = new StubbedApi();
        var document = await ApiDocument.ReadAsync(api.Services);
        var documented = document.Operations
            .SelectMany(one => ApiDocument.CodesOf(one.Operation))
            .Select(one => $"{one.Status} {one.Code}")
            .Distinct();
        var known = ErrorCatalog.All
            .Where(problem => problem.Code != ProblemCodes.MethodNotAllowed)
            .Select(problem => $"{problem.Status} {problem.Code}");
        Assert.That(documented, Is.EquivalentTo(known));
    }

    [Test]
    public void Find_WhenThereIsNoSuchCode_Throws() =>
        Assert.That(() => ErrorCatalog.Find("no.such_code"), Throws.InvalidOperationException.With.Message.Contains("no.such_code"));

    private static bool MakesErrors(MethodBase called) =>
        (called.IsConstructor && (called.DeclaringType == typeof(Error) || called.DeclaringType == typeof(Problem)))
        || called is MethodInfo { IsStatic: true } method && method.ReturnType == typeof(Error) && method.DeclaringType?.IsInterface is false;

    [GeneratedRegex("^[a-z_]+\\.[a-z_]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
