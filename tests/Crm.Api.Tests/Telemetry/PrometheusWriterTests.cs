using System.Diagnostics.Metrics;
using Crm.Api.Telemetry.Prometheus;
using Crm.Api.Tests.Support;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Crm.Api.Tests.Telemetry;

[TestFixture]
internal sealed class PrometheusWriterTests
{
    private Meter _meter = null!;
    private PrometheusExporter _exporter = null!;
    private MeterProvider _provider = null!;

    [SetUp]
    public void Start()
    {
        _meter = new Meter($"test {TestContext.CurrentContext.Test.ID}");
        _exporter = new PrometheusExporter();
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddReader(new BaseExportingMetricReader(_exporter)).Build();
    }

    [TearDown]
    public void Stop()
    {
        _provider.Dispose();
        _exporter.Dispose();
        _meter.Dispose();
    }

    [Test]
    public void Scrape_WhenNothingWasCounted_IsEmpty() => Assert.That(_exporter.Scrape(), Is.Empty);

    [Test]
    public void Scrape_WhenThereIsNoProvider_IsEmpty()
    {
        using var alone = new PrometheusExporter();
        Assert.That(alone.Scrape(), Is.Empty);
    }

    [Test]
    public void Counter_WhenCounted_IsATotalThatGrows()
    {
        var counter = _meter.CreateCounter<long>("crm.things.done", "{thing}", "Things.");
        counter.Add(2, new KeyValuePair<string, object?>("state", "live"));
        Assert.That(_exporter.Scrape(), Is.EqualTo("# HELP crm_things_done_total Things.\n# TYPE crm_things_done_total counter\ncrm_things_done_total{state=\"live\"} 2\n"));
        counter.Add(1, new KeyValuePair<string, object?>("state", "live"));
        Assert.That(Parse()["crm_things_done_total{state=\"live\"}"], Is.EqualTo(3));
    }

    [TestCase("crm.lag", "s", "crm_lag_seconds")]
    [TestCase("crm.size", "By", "crm_size_bytes")]
    [TestCase("crm.wait_seconds", "s", "crm_wait_seconds")]
    [TestCase("crm.depth", "{send}", "crm_depth")]
    [TestCase("2nd.try-now", "1", "_2nd_try_now")]
    public void OfMetric_WhenItIsAGauge_IsTheCleanNameAndItsUnit(string name, string unit, string expected) =>
        Assert.That(PrometheusName.OfMetric(name, unit, onlyGrows: false), Is.EqualTo(expected));

    [TestCase("crm.wait.time", "s", "crm_wait_time_seconds_total")]
    [TestCase("crm.total", "1", "crm_total")]
    public void OfMetric_WhenItOnlyGrows_IsATotal(string name, string unit, string expected) =>
        Assert.That(PrometheusName.OfMetric(name, unit, onlyGrows: true), Is.EqualTo(expected));

    [Test]
    public void Labels_WhenTheyHoldAnything_AreEscapedAndRead()
    {
        var counter = _meter.CreateCounter<int>("odd", null, "One \\ two\nthree \"four\"");
        counter.Add(1, new KeyValuePair<string, object?>("a.b", "x\"y\\z\nя"), new KeyValuePair<string, object?>("a-b", true), new KeyValuePair<string, object?>("n", 1.5));
        var family = Parse().Families["odd_total"];
        Assert.That(family.Samples.Keys, Is.EqualTo(new[] { "odd_total{a_b=\"x\\\"y\\\\z\\nя;true\",n=\"1.5\"}" }).Or.EqualTo(
            new[] { "odd_total{a_b=\"true;x\\\"y\\\\z\\nя\",n=\"1.5\"}" }));
        Assert.That(family.Help, Is.EqualTo("One \\\\ two\\nthree \"four\""));
    }

    [Test]
    public void Histogram_WhenRecorded_HasGrowingBucketsASumAndACount()
    {
        var histogram = _meter.CreateHistogram(
            "took", "s", "How long.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        histogram.Record(0.1, new KeyValuePair<string, object?>("kind", "x"));
        histogram.Record(1, new KeyValuePair<string, object?>("kind", "x"));
        histogram.Record(9, new KeyValuePair<string, object?>("kind", "x"));
        Assert.That(Parse().Families["took_seconds"].Samples, Is.EqualTo(new Dictionary<string, double>
        {
            ["took_seconds_bucket{kind=\"x\",le=\"0.5\"}"] = 1,
            ["took_seconds_bucket{kind=\"x\",le=\"2\"}"] = 2,
            ["took_seconds_bucket{kind=\"x\",le=\"+Inf\"}"] = 3,
            ["took_seconds_sum{kind=\"x\"}"] = 10.1,
            ["took_seconds_count{kind=\"x\"}"] = 3,
        }));
    }

    [Test]
    public void Gauge_WhenItIsNoFiniteNumber_IsWrittenAsPrometheusReadsIt()
    {
        _meter.CreateObservableGauge("odd", () => new[]
        {
            new Measurement<double>(double.NaN, new KeyValuePair<string, object?>("k", 1)),
            new Measurement<double>(double.PositiveInfinity, new KeyValuePair<string, object?>("k", 2)),
            new Measurement<double>(1e-300, new KeyValuePair<string, object?>("k", 3)),
        });
        Assert.That(_exporter.Scrape(), Does.Contain("{k=\"1\"} NaN\n").And.Contain("{k=\"2\"} +Inf\n").And.Contain("{k=\"3\"} 1E-300\n"));
        Parse();
    }

    [Test]
    public void UpDownCounter_WhenItFalls_IsAGauge()
    {
        var readers = _meter.CreateUpDownCounter<int>("readers");
        readers.Add(2);
        readers.Add(-1);
        var family = Parse().Families["readers"];
        Assert.That((family.Type, family.Samples["readers"]), Is.EqualTo(("gauge", 1.0)));
    }

    [Test]
    public void Names_WhenTwoBecomeOne_AreToldOnce()
    {
        _meter.CreateCounter<int>("same.name").Add(1);
        _meter.CreateCounter<int>("same_name").Add(2);
        Assert.That(Parse().Families.Keys, Is.EqualTo(new[] { "same_name_total" }));
    }

    private PrometheusText Parse() => PrometheusText.Parse(_exporter.Scrape());
}
