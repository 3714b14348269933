using FluentValidation;
using MediatR;

namespace Architecture.Tests;

/// <summary>The application shows commands and results, and nothing of how they are handled.</summary>
[TestFixture]
internal sealed class ApplicationTests
{
    private static readonly IReadOnlyList<Type> Handlers = Solution.Implementing("Crm.Application", typeof(IRequestHandler<,>));
    private static readonly IReadOnlyList<Type> Validators = Solution.Implementing("Crm.Application", typeof(IValidator<>));
    private static readonly IReadOnlyList<Type> Requests = Solution.Implementing("Crm.Application", typeof(IRequest<>));

    [Test]
    public void Handlers_WhenFound_AreEightAndOnePerRequest()
    {
        Assert.That(Handlers, Has.Count.GreaterThanOrEqualTo(8));
        Assert.That(Handlers, Has.Count.EqualTo(Requests.Count));
    }

    [Test]
    public void HandlersAndValidators_WhenBuilt_AreInternalAndSealed() => Assert.That(Rules.NotInternalSealed(Handlers.Concat(Validators)), Is.Empty);

    [Test]
    public void NotInternalSealed_WhenTypesArePublic_SeesThem() => Assert.That(Rules.NotInternalSealed(Requests), Has.Count.EqualTo(Requests.Count));

    [Test]
    public void Requests_WhenBuilt_ArePublicSealedRecordsThatSayWhoCalls()
    {
        foreach (var request in Requests)
        {
            Assert.That(request, Has.Property(nameof(Type.IsVisible)).True.And.Property(nameof(Type.IsSealed)).True);
            Assert.That(request.GetMethod("<Clone>$"), Is.Not.Null, $"{request.Name} is no record");
            Assert.That(
                request.Name == "AccountAuthCommand" || Array.Exists(request.GetProperties(), property => property.Name is "AccountId" or "CallerAccountId"),
                $"{request.Name} does not say whose call it is");
        }
    }
}
