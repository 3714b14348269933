using Crm.Api.Configuration;
using Crm.Infrastructure.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Crm.Api.Tests.Configuration;

[TestFixture]
internal sealed class ApiSettingsTests
{
    [Test]
    public void Read_WhenNothingIsSetInDevelopment_HasTheDefaults()
    {
        var settings = Read(Environments.Development);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.DataDirectory, Is.EqualTo(Path.Combine(Directory.GetCurrentDirectory(), "data")));
            Assert.That(settings.Telegram, Is.EqualTo(TelegramEnvironment.Sandbox));
            Assert.That(settings.Sandbox.Url, Is.Null);
            Assert.That(settings.Sandbox.Options, Has.Property("Port").EqualTo(2443).And.Property("ControlPort").EqualTo(2480));
            Assert.That(settings.Sandbox.Options.DataDirectory, Is.EqualTo(settings.DataDirectory));
            Assert.That(settings.AmbientAccount, Is.True);
            Assert.That(settings.AllowRegistration, Is.True);
        }
    }

    [Test]
    public void Read_WhenNothingIsSetInProduction_IsNeitherSandboxNorAmbient()
    {
        var settings = Read(Environments.Production);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.Telegram, Is.EqualTo(TelegramEnvironment.Production));
            Assert.That(settings.AmbientAccount, Is.False);
        }
    }

    [Test]
    public void Read_WhenEverythingIsSet_TakesIt()
    {
        var settings = Read(
            Environments.Production,
            ("Data:Directory", "/srv/crm"),
            ("Storage:Provider", "SQLite"),
            ("Telegram:Environment", "TEST"),
            ("Sandbox:Port", "0"),
            ("Sandbox:Url", "http://127.0.0.1:2480"),
            ("Authentication:AmbientAccount", "True"),
            ("Accounts:AllowRegistration", "false"),
            ("urls", "http://127.0.0.1:0;http://[::1]:5080;http://*:80"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(settings.DataDirectory, Is.EqualTo("/srv/crm"));
            Assert.That(settings.Telegram, Is.EqualTo(TelegramEnvironment.Test));
            Assert.That(settings.Sandbox.Options.Port, Is.Zero);
            Assert.That(settings.Sandbox.Url, Is.EqualTo(new Uri("http://127.0.0.1:2480")));
            Assert.That(settings.AmbientAccount, Is.True);
            Assert.That(settings.AllowRegistration, Is.False);
        }
    }

    [TestCase("Storage:Provider", "oracle")]
    [TestCase("Storage:Provider", "1")]
    [TestCase("Storage:ConnectionString", "Data Source=x")]
    [TestCase("Storage:CommandTimeout", "0")]
    [TestCase("Telegram:Environment", "prod")]
    [TestCase("Sandbox:Port", "65536")]
    [TestCase("Sandbox:Port", "-1")]
    [TestCase("Sandbox:Port", "2443x")]
    [TestCase("Sandbox:ControlPort", "1.5")]
    [TestCase("Sandbox:Url", "127.0.0.1:2480")]
    [TestCase("Sandbox:Url", "ftp://127.0.0.1")]
    [TestCase("Sandbox:Operators", "many")]
    [TestCase("Sandbox:Operators", "0")]
    [TestCase("Sandbox:ControlPort", "2444")]
    [TestCase("Authentication:AmbientAccount", "yes")]
    [TestCase("Accounts:AllowRegistration", "0")]
    [TestCase("RateLimits:PerSecond", "0")]
    [TestCase("Cors:Origins", "https://crm.example.com/page")]
    [TestCase("Cors:Origins", "*")]
    [TestCase("Http:TrustedProxies", "proxy.example.com")]
    [TestCase("Logging:Format", "xml")]
    [TestCase("Telemetry:Otlp:Endpoint", "collector:4318")]
    [TestCase("Telemetry:Otlp:Endpoint", "http://user:pass@collector:4318")]
    [TestCase("Telemetry:Otlp:Protocol", "http/json")]
    [TestCase("Telemetry:Otlp:IntervalSeconds", "0")]
    [TestCase("Telemetry:SamplePercent", "101")]
    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "4318")]
    [TestCase("OTEL_EXPORTER_OTLP_PROTOCOL", "smoke signals")]
    [TestCase("Metrics:Token", "short")]
    [TestCase("Metrics:Token", "long enough but spaced")]
    [TestCase("Metrics:AllowedNetworks", "scraper.example.com")]
    [TestCase("urls", "5080")]
    [TestCase("urls", "ftp://127.0.0.1:5080")]
    [TestCase("urls", "http://127.0.0.1:99999")]
    public void Read_WhenAValueIsWrong_NamesItsKeyInOneLine(string key, string value)
    {
        var exception = Assert.Throws<InvalidConfigurationException>(() => Read(Environments.Development, (key, value)));
        Assert.That(exception.Problems, Has.Count.EqualTo(1));
        Assert.That(exception.Message, Does.StartWith(key).And.Not.Contains('\n'));
    }

    [Test]
    public void Read_WhenOursAndTheStandardKeyAreSet_TakesOurs()
    {
        var settings = Read(
            Environments.Production,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://standard:4317"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"), ("OTEL_SERVICE_NAME", "standard"),
            ("Telemetry:Otlp:Endpoint", "http://ours:4318"), ("Telemetry:ServiceName", "ours"), ("Telemetry:SamplePercent", "5")).Telemetry;
        Assert.That(
            (settings.Collector, settings.Transport, settings.ServiceName, settings.SampledShare),
            Is.EqualTo((new Uri("http://ours:4318"), OtlpTransport.Grpc, "ours", 0.05)));
    }

    [TestCase("Development", LogFormat.Plain)]
    [TestCase("Production", LogFormat.Json)]
    public void Read_WhenTheLogsFormatIsNotSet_IsForPeopleOrForPrograms(string environment, object format)
    {
        var telemetry = Read(environment).Telemetry;
        Assert.That((telemetry.Logs, telemetry.Collector), Is.EqualTo(((LogFormat)format, (Uri?)null)));
    }

    [TestCase("http://user:pass@collector")]
    [TestCase("https://collector/?key=pass")]
    public void Read_WhenTheCollectorsAddressIsWrong_DoesNotRepeatIt(string url) =>
        Assert.That(
            () => Read(Environments.Production, ("Telemetry:Otlp:Endpoint", url)),
            Throws.TypeOf<InvalidConfigurationException>().With.Message.Not.Contains("pass"));

    [TestCase("")]
    [TestCase("Database=crm")]
    [TestCase("Server=db")]
    [TestCase("Server=db;Database=crm;Password=open;sesame")]
    [TestCase("Server=db;Database=crm;Password='open sesame")]
    [TestCase("Server=db;Database=crm;Connect Timeout=sesame")]
    public void Read_WhenSqlServersConnectionStringIsWrong_NamesItsKeyAndNothingItHolds(string connectionString)
    {
        var exception = Assert.Throws<InvalidConfigurationException>(() => Read(
            Environments.Production, ("Storage:Provider", "sqlserver"), ("Storage:ConnectionString", connectionString)));
        Assert.That(exception.Problems, Has.Count.EqualTo(1));
        Assert.That(exception.Message, Does.StartWith("Storage:ConnectionString").And.Not.Contains("sesame").And.Not.Contains('\n'));
    }

    [Test]
    public void Read_WhenSqlServerIsChosen_KeepsItsConnection()
    {
        const string connectionString = "Server=db;Database=crm;User ID=crm;Password=secret";
        var storage = Read(
            Environments.Production,
            ("Storage:Provider", "SqlServer"),
            ("Storage:ConnectionString", connectionString),
            ("Storage:CommandTimeout", "90")).Persistence;
        Assert.That(
            (storage.Provider, storage.ConnectionString, storage.CommandTimeout),
            Is.EqualTo((StorageProvider.SqlServer, connectionString, TimeSpan.FromSeconds(90))));
    }

    [Test]
    public void Read_WhenSeveralValuesAreWrong_NamesThemAll()
    {
        var exception = Assert.Throws<InvalidConfigurationException>(
            () => Read(Environments.Development, ("Sandbox:Port", "x"), ("Telegram:Environment", "y")));
        Assert.That(exception.Problems, Has.Count.EqualTo(2));
    }

    [Test]
    public void CreateDirectories_WhenItCannotBeWritten_NamesTheKey()
    {
        var settings = Read(Environments.Development, ("Data:Directory", "/dev/null/data"));
        Assert.That(settings.CreateDirectories, Throws.TypeOf<InvalidConfigurationException>().With.Message.StartsWith("Data:Directory"));
    }

    private static ApiSettings Read(string environment, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build();
        return ApiSettings.Read(configuration, new StubEnvironment { EnvironmentName = environment });
    }

    private sealed class StubEnvironment : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }

        public string ApplicationName { get; set; } = "Crm.Api";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
