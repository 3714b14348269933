using System.Text.RegularExpressions;
using Crm.Api.Documentation;
using Crm.Api.Tests.Support;

namespace Crm.Api.Tests.Documentation;

/// <summary>The guides in English and Russian name every route and every code there is, and say the same.</summary>
[TestFixture]
internal sealed partial class ApiGuideTests
{
    private static readonly string[] Guides = ["api.md", "api.ru.md"];

    [TestCaseSource(nameof(Guides))]
    public async Task Guide_WhenComparedWithTheDocument_HoldsEachRouteAndNoOther(string guide)
    {
        await using var api = new StubbedApi();
        var document = await ApiDocument.ReadAsync(api.Services);
        var routes = Route().Matches(Read(guide)).Select(match => match.Groups["route"].Value);
        Assert.That(routes, Is.EquivalentTo(document.Operations.Select(one => $"{one.Method} {one.Path}")));
    }

    [TestCaseSource(nameof(Guides))]
    public void Guide_WhenComparedWithTheCatalog_HoldsEachCodeUnderItsStatus(string guide)
    {
        var rows = Row().Matches(Read(guide)).Select(match => $"{match.Groups["status"].Value} {match.Groups["code"].Value}");
        Assert.That(rows, Is.EquivalentTo(ErrorCatalog.All.Select(problem => $"{problem.Status} {problem.Code}")));
    }

    [Test]
    public void Guides_WhenComparedWithEachOther_HaveTheSameHeadingsNamesAndExamples()
    {
        var (english, russian) = (Read(Guides[0]), Read(Guides[1]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Heading().Matches(russian).Select(match => match.Value), Is.EqualTo(Heading().Matches(english).Select(match => match.Value)));
            Assert.That(Block().Matches(russian).Select(match => match.Value), Is.EqualTo(Block().Matches(english).Select(match => match.Value)));
            Assert.That(Row().Matches(russian).Select(match => match.Value), Is.EqualTo(Row().Matches(english).Select(match => match.Value)));
        }
    }

    private static string Read(string guide)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Crm.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return File.ReadAllText(Path.Combine(directory.FullName, "docs", guide));
    }

    [GeneratedRegex("^#### `(?<route>[A-Z]+ /[^`]+)`$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Route();

    [GeneratedRegex(
        "^\\| (?<status>[0-9]{3}) \\| `(?<code>[a-z_.]+)` \\|", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row();

    [GeneratedRegex("^#+ ", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("^```[^`]*^```", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
