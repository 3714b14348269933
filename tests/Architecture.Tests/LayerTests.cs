namespace Architecture.Tests;

/// <summary>References point downwards only.</summary>
[TestFixture]
internal sealed class LayerTests
{
    [TestCase("Crm.Domain")]
    [TestCase("Crm.Application", "Crm.Domain")]
    [TestCase("Crm.Infrastructure", "Crm.Domain", "Crm.Application", "Telegram.Client", "Telegram.Mtproto", "Telegram.Tl")]
    [TestCase("Crm.Api", "Crm.Domain", "Crm.Application", "Crm.Infrastructure", "Telegram.Client", "Telegram.Sandbox")]
    [TestCase("Telegram.Tl")]
    [TestCase("Telegram.Mtproto", "Telegram.Tl")]
    [TestCase("Telegram.Client", "Telegram.Mtproto", "Telegram.Tl")]
    [TestCase("Telegram.Sandbox", "Telegram.Mtproto", "Telegram.Tl")]
    public void Projects_WhenBuilt_ReferenceOnlyWhatLiesBelow(string assembly, params string[] below) =>
        Assert.That(Rules.ForbiddenProjects(Solution.Load(assembly), below), Is.Empty);

    [Test]
    public void ForbiddenProjects_WhenALowerLayerIsLeftOut_SeesIt()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.ForbiddenProjects(Solution.Load("Crm.Application")), Is.EqualTo(new[] { "Crm.Domain" }));
            Assert.That(Rules.ForbiddenProjects(Solution.Load("Crm.Api"), "Crm.Domain", "Crm.Infrastructure"), Does.Contain("Crm.Application"));
        }
    }

    [TestCase("Crm.Domain", "System.")]
    [TestCase("Crm.Application", "System.", "MediatR", "FluentValidation", "Microsoft.Extensions.")]
    [TestCase("Telegram.Tl", "System.")]
    [TestCase("Telegram.Mtproto", "System.")]
    [TestCase("Telegram.Client", "System.", "Microsoft.Extensions.Logging.Abstractions")]
    public void InnerLayers_WhenBuilt_NeedNoFrameworkOfTheOuterOnes(string assembly, params string[] libraries) =>
        Assert.That(Rules.ForbiddenLibraries(Solution.Load(assembly), libraries), Is.Empty);

    [Test]
    public void ForbiddenLibraries_WhenAFrameworkIsNotAllowed_SeesIt() =>
        Assert.That(Rules.ForbiddenLibraries(Solution.Load("Crm.Application"), "System."), Does.Contain("MediatR"));

    [TestCaseSource(typeof(Solution), nameof(Solution.All))]
    public void Load_WhenNamed_IsThatAssemblyAndNotAnEmptyOne(string name)
    {
        var assembly = Solution.Load(name);
        Assert.That(assembly.GetName().Name, Is.EqualTo(name));
        Assert.That(assembly.GetTypes(), Is.Not.Empty);
    }
}
