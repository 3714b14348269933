using System.Diagnostics;
using Crm.Api.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace Crm.Api.Tests.Telemetry;

/// <summary>What a collector is sent.</summary>
[TestFixture]
[NonParallelizable] // Hears of everything in the process that is measured or traced.
internal sealed class OtlpTests
{
    private const string Text = "exported-text-6Ty2";

    [TestCase("Telemetry:Otlp:Endpoint", "")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "/")]
    public async Task Collector_WhenConfigured_IsSentMetricsAndTracesAndNoSecret(string key, string path)
    {
        await using var collector = await Collector.StartAsync();
        await using var world = await LiveWorld.StartAsync();
        await world.RestartApiAsync((key, collector.Url + path), ("Telemetry:Otlp:Headers", "x-key=collector-key"), ("Telemetry:ServiceName", "crm-under-test"), ("Telemetry:Otlp:IntervalSeconds", "1"));
        var someone = await Operator.InTelegramAsync(world, "anna", 1);
        (await someone.SendAsync((await someone.CustomersAsync())[0], Text)).Ok();
        await Eventually.ReadAsync(() => Task.FromResult(collector.Received("/v1/traces")), sent => sent.Contains("messages.sendMessage"), "traces");
        await Eventually.ReadAsync(() => Task.FromResult(collector.Received("/v1/metrics")), sent => sent.Contains("crm.messages.sent"), "metrics");
        await world.StopApiAsync();

        var (traces, metrics) = (collector.Received("/v1/traces"), collector.Received("/v1/metrics"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(collector.Requests.Select(request => request.ContentType), Is.All.EqualTo("application/x-protobuf"));
            Assert.That(collector.Requests.Select(request => request.Key), Is.All.EqualTo("collector-key"));
            Assert.That(traces, Does.Contain("crm-under-test").And.Contain("POST /api/telegram_send").And.Contain("TelegramSendCommand"));
            Assert.That(traces, Does.Contain("SendStore.Add").And.Contain("messages.sendMessage"));
            Assert.That(metrics, Does.Contain("crm.messages.sent").And.Contain("http.server.request.duration").And.Contain("dotnet.process.cpu.time"));
            foreach (var secret in new[] { Text, Operator.Phone(1), Operator.Password, (string)Operator.Credentials("anna")["api_hash"]! })
            {
                Assert.That(traces + metrics, Does.Not.Contain(secret));
            }
        }
    }

    [Test]
    public async Task Host_WhenNoCollectorIsConfigured_TracesNothing()
    {
        await using var api = new StubbedApi();
        Assert.That(api.Services.GetService<TracerProvider>(), Is.Null);
    }

    [Test]
    public async Task Stop_WhenTheCollectorIsAway_TakesNoLongerThanTheEndMayTake()
    {
        await using var world = await LiveWorld.StartAsync();
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        await world.RestartApiAsync(("Telemetry:Otlp:Endpoint", $"http://{silent.LocalEndpoint}"));
        await Operator.InTelegramAsync(world, "anna", 1);
        var began = Stopwatch.GetTimestamp();
        await world.StopApiAsync();
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(20)), "it would wait for minutes");
    }
}
