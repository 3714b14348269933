using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Architecture.Tests;

/// <summary>What images and workflows are made of is there, and nothing they need is left out.</summary>
[TestFixture]
internal sealed partial class DeploymentTests
{
    private static readonly string Root = FindRoot();

    [Test]
    public void Dockerfile_WhenItRestores_HasEveryProjectOfTheApi()
    {
        var copied = Copied().Matches(Read("Dockerfile")).Select(match => match.Groups["from"].Value).ToList();
        Assert.That(copied.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)), Is.EquivalentTo(ProjectsOf("src/Crm.Api/Crm.Api.csproj").Distinct()));
    }

    [Test]
    public void Dockerfile_WhenItCopies_NamesWhatIsThere()
    {
        var copied = Copied().Matches(Read("Dockerfile")).SelectMany(match => match.Groups["from"].Value.Split(' ')).ToList();
        Assert.That(copied, Has.Count.GreaterThan(10));
        Assert.That(copied.Where(path => !Exists(path)), Is.Empty);
    }

    [Test]
    public void Compose_WhenItMountsFiles_NamesWhatIsThere()
    {
        var mounted = Mounted().Matches(Read("docker-compose.yml")).Select(match => match.Groups["path"].Value).ToList();
        Assert.That(mounted, Is.Not.Empty);
        Assert.That(mounted.Where(path => !Exists(path)), Is.Empty);
    }

    [Test]
    public void Compose_WhenItNeedsVariables_FindsThemInTheExample()
    {
        var needed = Variable().Matches(Read("docker-compose.yml")).Select(match => match.Groups["name"].Value).Distinct();
        var given = Given().Matches(Read(".env.example")).Select(match => match.Groups["name"].Value);
        Assert.That(given, Is.EquivalentTo(needed));
    }

    [Test]
    public void Workflow_WhenItRuns_NamesWhatIsThere()
    {
        var named = Run().Matches(Read(".github/workflows/ci.yml")).Select(match => match.Groups["path"].Value).ToList();
        Assert.That(named, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(named.Where(path => !Exists(path)), Is.Empty);
    }

    private static IEnumerable<string> ProjectsOf(string project)
    {
        var directory = Path.GetDirectoryName(project)!;
        var references = XDocument.Load(Path.Combine(Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetRelativePath(Root, Path.GetFullPath(Path.Combine(Root, directory, reference.Attribute("Include")!.Value))))
            .Select(path => path.Replace('\\', '/'));
        return [project, .. references.SelectMany(ProjectsOf)];
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Crm.sln")))
        {
            directory = directory.Parent!;
        }

        return directory.FullName;
    }

    [GeneratedRegex(@"^COPY (?!--)(?<from>.+) \S+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Copied();

    [GeneratedRegex(@"- \./(?<path>[^:\s]+):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Mounted();

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(?<name>\w+)=", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Given();

    [GeneratedRegex(@"run: (dotnet test |(?=\.ci/))(?<path>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Run();
}
