using AutoMapper;
using Crm.Api.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Architecture.Tests;

/// <summary>Controllers bind, send and map.</summary>
[TestFixture]
internal sealed class ControllerTests
{
    private static readonly IReadOnlyList<Type> Controllers =
        [.. Solution.Load("Crm.Api").GetTypes().Where(type => type.IsSubclassOf(typeof(ControllerBase)) && !type.IsAbstract)];

    [Test]
    public void Controllers_WhenFound_AreAtLeastEight() => Assert.That(Controllers, Has.Count.GreaterThanOrEqualTo(8));

    [Test]
    public void Controllers_WhenBuilt_DependOnMediatorMapperAndTokensOnly() =>
        Assert.That(Rules.ForbiddenDependencies(Controllers, typeof(IMediator), typeof(IMapper), typeof(AccessTokens)), Is.Empty);

    [Test]
    public void ForbiddenDependencies_WhenOneIsNotAllowed_SeesIt() =>
        Assert.That(Rules.ForbiddenDependencies(Controllers, typeof(IMapper)), Has.Count.GreaterThanOrEqualTo(Controllers.Count));

    [Test]
    public void Controllers_WhenBuilt_KnowNothingOfInfrastructureOrSandbox()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rules.SignaturesMentioning(Controllers, "Crm.Infrastructure"), Is.Empty);
            Assert.That(Rules.SignaturesMentioning(Controllers, "Telegram."), Is.Empty);
        }
    }

    [Test]
    public void SignaturesMentioning_WhenOneIsThere_SeesIt() => Assert.That(Rules.SignaturesMentioning(Controllers, "MediatR"), Is.Not.Empty);

    [Test]
    public void Actions_WhenBuilt_ForwardCancellation() => Assert.That(Rules.WithoutCancellation(Controllers), Is.Empty);

    [Test]
    public void WithoutCancellation_WhenThereIsNone_SeesIt() => Assert.That(Rules.WithoutCancellation([typeof(Uncancellable)]), Has.Count.EqualTo(1));

    [Test]
    public void Sandbox_WhenUsedByTheApi_IsKeptToDevelopment()
    {
        var elsewhere = Solution.Load("Crm.Api").GetTypes()
            .Where(type => type.Namespace?.StartsWith("Crm.Api.", StringComparison.Ordinal) is true && type.Namespace is not "Crm.Api.Development" and not "Crm.Api.Configuration");
        Assert.That(Rules.SignaturesMentioning(elsewhere, "Telegram.Sandbox"), Is.Empty);
    }

    private sealed class Uncancellable
    {
        public static void Static(CancellationToken token) => token.ThrowIfCancellationRequested();

        public override string ToString() => nameof(Uncancellable);
    }
}
