using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Crm.Api.Telemetry.Prometheus;
using Crm.Api.Tests.Support;
using Crm.Application.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Api.Tests.Telemetry;

/// <summary>docs/operations.md tells every metric there is, and none that isn't.</summary>
[TestFixture]
[NonParallelizable] // Hears of everything in the process that is measured.
internal sealed partial class DocumentedMetricsTests
{
    [Test]
    public async Task Documents_WhenRead_TellEveryMetricOfOurs()
    {
        await using var api = new StoredApi();
        using var client = api.CreateClient();
        var own = api.Services.GetRequiredService<IMeterFactory>();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == CrmMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, own))
                {
                    var onlyGrows = instrument is Counter<long> or Counter<double>;
                    found[PrometheusName.OfMetric(instrument.Name, instrument.Unit ?? "", onlyGrows)] = instrument.Name;
                }
            },
        };
        listener.Start();

        var told = Told().Where(name => name.StartsWith("crm_", StringComparison.Ordinal)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EquivalentTo(found.Keys));
            Assert.That(found, Has.Count.GreaterThan(12));
            Assert.That(found.Values, Is.All.StartsWith("crm."));
        }
    }

    [Test]
    public async Task Documents_WhenRead_TellMetricsOfTheFrameworksThatAreThere()
    {
        await using var api = new StubbedApi();
        api.UseKestrel(0);
        api.StartServer();
        using var client = api.CreateClient();
        await client.GetStringAsync("/health/live");
        var families = PrometheusText.Parse(await client.GetStringAsync("/metrics")).Families;
        var told = Told().Where(name => !name.StartsWith("crm_", StringComparison.Ordinal)).ToList();
        Assert.That(told, Has.Count.GreaterThan(8));
        Assert.That(families.Keys, Is.SupersetOf(told));
    }

    [Test]
    public async Task Metrics_WhenNothingHasHappenedYet_AreThereAsZero()
    {
        const string token = "a-token-of-the-scraper";
        await using var api = new StoredApi { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Metrics:Token"] = token } };
        using var client = api.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var families = await Eventually.ReadAsync(
            async () => PrometheusText.Parse(await client.GetStringAsync("/metrics")).Families, now => now.ContainsKey("crm_imports_running"), "zeros");
        Assert.That(
            families.Keys,
            Is.SupersetOf(new[]
            {
                "crm_messages_received_total", "crm_messages_healed_total", "crm_messages_sent_total", "crm_sends_failed_total",
                "crm_telegram_reconnects_total", "crm_events_readers", "crm_imports_messages_total", "crm_telegram_connections", "crm_telegram_owner",
            }));
    }

    private static IEnumerable<string> Told()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Crm.sln")))
        {
            directory = directory.Parent!;
        }

        var text = File.ReadAllText(Path.Combine(directory.FullName, "docs", "operations.md"));
        return TableRow().Matches(text).Select(match => match.Groups["name"].Value);
    }

    [GeneratedRegex(@"^\| `(?<name>(crm|http|kestrel|dotnet)_\w+)`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableRow();
}
