using System.Net;
using System.Text.Json.Nodes;

namespace Crm.Api.Tests.Support;

/// <summary>What every refusal must be: problem details with this API's members and nothing that gives the inside away.</summary>
internal static class Refusals
{
    public static void AssertRefused(this ApiAnswer answer, HttpStatusCode status, string code, params string[] fields)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(status), answer.ToString());
            Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"), answer.ToString());
            Assert.That((int?)answer.Json["status"], Is.EqualTo((int)status));
            Assert.That((string?)answer.Json["code"], Is.EqualTo(code), answer.Text);
            Assert.That((string?)answer.Json["title"], Is.Not.Null.And.Not.Empty);
            Assert.That((string?)answer.Json["trace_id"], Is.Not.Null.And.Not.Empty);
            Assert.That(answer.Text, Does.Not.Contain("Exception").And.Not.Contain("   at "));
            Assert.That(Fields(answer), Is.EquivalentTo(fields), answer.Text);
        }
    }

    private static IEnumerable<string> Fields(ApiAnswer answer) =>
        answer.Json["errors"] is JsonObject errors ? errors.Select(error => error.Key) : [];
}
