using System.Diagnostics;
using Crm.Api.Telemetry.Logs;
using Crm.Api.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Crm.Api.Tests.Telemetry;

[TestFixture]
internal sealed class JsonLogTests
{
    private static readonly string[] Members = ["time", "level", "category", "event_id", "event", "message", "template", "fields"];

    private JsonLogCapture _capture = null!;
    private ILogger _logger = null!;
    private Exception? _exception;

    [SetUp]
    public void Start()
    {
        _exception = null;
        _capture = new JsonLogCapture();
        _logger = _capture.CreateLogger("Crm.Test");
    }

    [TearDown]
    public void Stop() => _capture.Dispose();

    [Test]
    public void Line_WhenLogged_HoldsTemplateAndFieldsApart()
    {
        Log(
            LogLevel.Warning, "Connection {ConnectionId} waits {Seconds}, {Because}", ("ConnectionId", 42L), ("Seconds", 1.5), ("Because", "why\nnot"));
        var line = _capture.Lines.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(line.AsObject().Select(member => member.Key), Is.EqualTo(Members));
            Assert.That((string?)line["level"], Is.EqualTo("warning"));
            Assert.That(((string?)line["category"], (int)line["event_id"]!, (string?)line["event"]), Is.EqualTo(("Crm.Test", 7, "Waited")));
            Assert.That((string?)line["message"], Is.EqualTo("Connection 42 waits 1.5, why\nnot"));
            Assert.That((string?)line["template"], Is.EqualTo("Connection {ConnectionId} waits {Seconds}, {Because}"));
            Assert.That(((long)line["fields"]!["ConnectionId"]!, (double)line["fields"]!["Seconds"]!), Is.EqualTo((42L, 1.5)));
            Assert.That((string?)line["time"], Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"));
            Assert.That(_capture.ToString().TrimEnd('\n'), Does.Not.Contain('\n'), "a line stays one");
        }
    }

    [TestCase("Password")]
    [TestCase("new_password")]
    [TestCase("Code")]
    [TestCase("ApiHash")]
    [TestCase("api_hash")]
    [TestCase("AccessToken")]
    [TestCase("Authorization")]
    [TestCase("Phone")]
    [TestCase("Text")]
    [TestCase("QueryString")]
    [TestCase("Cookie")]
    [TestCase("WebhookSecret")]
    [TestCase("ConnectionString")]
    public void Line_WhenAFieldIsASecret_HidesItEverywhere(string field)
    {
        Log(LogLevel.Information, $"A line with {{{field}}} and {{Other}}", (field, "very-secret-value"), ("Other", "plain"));
        var line = _capture.Lines.Single();
        Assert.That(_capture.ToString(), Does.Not.Contain("very-secret-value"));
        Assert.That(((string?)line["fields"]![field], (string?)line["fields"]!["Other"]), Is.EqualTo((SecretFields.Hidden, "plain")));
    }

    [TestCase("ConnectionId")]
    [TestCase("StatusCode")]
    [TestCase("Problem")]
    [TestCase("Path")]
    public void Line_WhenAFieldIsNone_ShowsIt(string field)
    {
        Log(LogLevel.Information, $"A line with {{{field}}}", (field, "value"));
        Assert.That((string?)_capture.Lines.Single()["fields"]![field], Is.EqualTo("value"));
    }

    [Test]
    public void Line_WhenTextIsNoUnicode_IsReadableJsonAllTheSame()
    {
        _exception = new InvalidOperationException("broken \ud800 \u0000");
        Log(LogLevel.Error, "Path {Path}", ("Path", "\udfff\"\\"));
        Assert.That((string?)_capture.Lines.Single()["exception"], Does.Contain("InvalidOperationException"));
    }

    [Test]
    public void Line_WhenWithinATrace_NamesIt()
    {
        using var activity = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        Log(LogLevel.Information, "inside");
        var line = _capture.Lines.Single();
        Assert.That(((string?)line["trace_id"], (string?)line["span_id"]), Is.EqualTo((activity.TraceId.ToHexString(), activity.SpanId.ToHexString())));
    }

    /// <summary>As generated code logs: the fields, the template last, and a message made of both.</summary>
    private void Log(LogLevel level, string template, params (string Name, object? Value)[] fields)
    {
        List<KeyValuePair<string, object?>> state = [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), new("{OriginalFormat}", template)];
        var message = fields.Aggregate(template, (text, field) => text.Replace($"{{{field.Name}}}", $"{field.Value}", StringComparison.Ordinal));
        _logger.Log(level, new EventId(7, "Waited"), state, _exception, (_, _) => message);
    }
}
