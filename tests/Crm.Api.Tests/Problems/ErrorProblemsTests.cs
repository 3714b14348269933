using Crm.Api.Problems;
using Crm.Domain;

namespace Crm.Api.Tests.Problems;

[TestFixture]
internal sealed class ErrorProblemsTests
{
    [Test]
    public void StatusOf_WhenGivenAnyCategory_KnowsAStatusOfItsOwn()
    {
        var statuses = Enum.GetValues<ErrorCategory>().Select(ErrorProblems.StatusOf).ToArray();
        Assert.That(statuses, Is.Unique.And.All.InRange(400, 503));
    }

    [Test]
    public void ToProblem_WhenErrorHasFieldsAndWait_KeepsThem()
    {
        var fields = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["phone"] = ["wrong"] };
        var error = new Error("x.y", ErrorCategory.TooManyRequests, "No.") { Fields = fields, RetryAfter = TimeSpan.FromSeconds(3) };
        var problem = error.ToProblem();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                problem,
                Has.Property("Status").EqualTo(429).And.Property("Code").EqualTo("x.y").And.Property("Title").EqualTo("No."));
            Assert.That(problem.Errors, Is.SameAs(fields));
            Assert.That(problem.RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(3)));
        }
    }
}
