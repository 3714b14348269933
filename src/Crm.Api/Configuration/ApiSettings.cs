using Crm.Application.Events;
using Crm.Application.Webhooks;
using Crm.Infrastructure.Persistence;
using Crm.Infrastructure.Security;
using Telegram.Client;

namespace Crm.Api.Configuration;

internal enum TelegramEnvironment
{
    Sandbox,
    Test,
    Production,
}

/// <summary>Everything the composition root decides by, read and checked once before anything is built.</summary>
internal sealed class ApiSettings
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Absolute; the SQLite file, the key ring and the sandbox's key live in it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Absolute; the key ring that encrypts stored secrets and signs tokens.</summary>
    public required string KeysDirectory { get; init; }

    public required PersistenceOptions Persistence { get; init; }

    public required TelegramEnvironment Telegram { get; init; }

    /// <summary>What the way to Telegram leads through; null for nothing.</summary>
    public required ProxyOptions? Proxy { get; init; }

    public required SandboxSettings Sandbox { get; init; }

    public required bool AmbientAccount { get; init; }

    public required bool AllowRegistration { get; init; }

    public required HttpSettings Http { get; init; }

    public required TelemetrySettings Telemetry { get; init; }

    public required MetricsSettings Metrics { get; init; }

    public required EventsOptions Events { get; init; }

    public required WebhooksOptions Webhooks { get; init; }

    /// <summary>How long a request waits for limits of Telegram's to end before it is refused instead.</summary>
    public required TimeSpan MaxFloodWait { get; init; }

    public static ApiSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var reader = new SettingReader(configuration);
        var development = environment.IsDevelopment();
        var dataDirectory = Path.GetFullPath(reader.Text("Data:Directory", "data"));
        var settings = new ApiSettings
        {
            DataDirectory = dataDirectory,
            KeysDirectory = Path.GetFullPath(reader.Text("Data:KeysDirectory", Path.Combine(dataDirectory, "keys"))),
            Persistence = ReadPersistence(reader, dataDirectory),
            Telegram = reader.Choice("Telegram:Environment", development ? TelegramEnvironment.Sandbox : TelegramEnvironment.Production),
            Proxy = ProxySettings.Read(reader),
            Sandbox = SandboxSettings.Read(reader, configuration, dataDirectory),
            AmbientAccount = reader.Flag("Authentication:AmbientAccount", development),
            AllowRegistration = reader.Flag("Accounts:AllowRegistration", fallback: true),
            Http = HttpSettings.Read(reader),
            Telemetry = TelemetrySettings.Read(reader, development),
            Metrics = MetricsSettings.Read(reader),
            Events = ReadEvents(reader),
            Webhooks = ReadWebhooks(reader, environment),
            MaxFloodWait = TimeSpan.FromSeconds(reader.Number("Telegram:MaxFloodWaitSeconds", 5, 0, 60, "a number of seconds from 0 to 60")),
        };

        ListenAddresses.Check(configuration, reader);
        return reader.Problems.Count == 0 ? settings : throw new InvalidConfigurationException(reader.Problems);
    }

    /// <summary>Makes the directories, so that a path that cannot be written to is told before anything else fails on it.</summary>
    public void CreateDirectories()
    {
        CreateDirectory("Data:Directory", DataDirectory);
        CreateDirectory("Data:KeysDirectory", KeysDirectory);
    }

    private static void CreateDirectory(string key, string directory)
    {
        try
        {
            PrivateDirectory.Create(directory);
            var probe = Path.Combine(directory, ".writable");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException(
                $"{key} must be a directory that can be written to, but is \"{directory}\" ({exception.Message})", exception);
        }
    }

    private static EventsOptions ReadEvents(SettingReader reader) => new()
    {
        Retention = TimeSpan.FromDays(reader.Count("Events:RetentionDays", 30, minimum: 1, maximum: 3650)),
        MaxStreamsPerAccount = reader.Count("Events:MaxStreamsPerAccount", 10, minimum: 1, maximum: 1000),
    };

    private static WebhooksOptions ReadWebhooks(SettingReader reader, IHostEnvironment environment) => new()
    {
        AllowPrivateNetworks = reader.Flag("Webhooks:AllowPrivateNetworks", fallback: false),
        AllowHttp = reader.Flag("Webhooks:AllowHttp", fallback: !environment.IsProduction()),
    };

    private static PersistenceOptions ReadPersistence(SettingReader reader, string dataDirectory)
    {
        var options = new PersistenceOptions
        {
            Provider = reader.Choice("Storage:Provider", StorageProvider.Sqlite),
            DataDirectory = dataDirectory,
            SealsQueuedTexts = reader.Flag("Storage:EncryptQueuedTexts", fallback: false),
            Waits = reader.Flag("Storage:WaitForDatabase", fallback: false),
            ConnectionString = reader.Text("Storage:ConnectionString", string.Empty),
            CommandTimeout = TimeSpan.FromSeconds(reader.Count("Storage:CommandTimeout", 30, minimum: 1, maximum: 3600)),
        };
        if (options.Provider is StorageProvider.SqlServer)
        {
            if (PersistenceOptions.FindConnectionStringProblem(options.ConnectionString) is { } problem)
            {
                reader.Refuse(problem);
            }
        }
        else if (options.ConnectionString.Length > 0)
        {
            reader.Refuse("Storage:ConnectionString must be empty with sqlite, which keeps its file in Data:Directory.");
        }

        return options;
    }
}
