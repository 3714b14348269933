namespace Crm.Api.Configuration;

internal enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Plain,

    /// <summary>A JSON object a line, for programs.</summary>
    Json,
}

internal enum OtlpTransport
{
    HttpProtobuf,
    Grpc,
}

/// <summary>How the log looks, and where metrics and traces are sent; nowhere unless configured.</summary>
internal sealed class TelemetrySettings
{
    private const string EndpointKey = "Telemetry:Otlp:Endpoint";
    private const string ProtocolKey = "Telemetry:Otlp:Protocol";

    // What OpenTelemetry's own tools are configured by; ours win.
    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string StandardProtocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string StandardHeaders = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string StandardName = "OTEL_SERVICE_NAME";

    public required LogFormat Logs { get; init; }

    /// <summary>A collector's base address; null: nothing is sent.</summary>
    public required Uri? Collector { get; init; }

    public required OtlpTransport Transport { get; init; }

    /// <summary>Headers for the collector, as <c>name=value,name=value</c>. A secret.</summary>
    public required string? Headers { get; init; }

    /// <summary>How often metrics are sent.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>What share of traces that begin here is kept, 0 to 1.</summary>
    public required double SampledShare { get; init; }

    public required string ServiceName { get; init; }

    public static TelemetrySettings Read(SettingReader reader, bool development) => new()
    {
        Logs = reader.Choice("Logging:Format", development ? LogFormat.Plain : LogFormat.Json),
        Collector = ReadEndpoint(reader),
        Transport = ReadTransport(reader),
        Headers = reader.Text("Telemetry:Otlp:Headers", reader.Text(StandardHeaders, string.Empty)) is { Length: > 0 } headers ? headers : null,
        Interval = TimeSpan.FromSeconds(reader.Count("Telemetry:Otlp:IntervalSeconds", 60, minimum: 1, maximum: 3600)),
        SampledShare = reader.Count("Telemetry:SamplePercent", 100, minimum: 0, maximum: 100) / 100.0,
        ServiceName = reader.Text("Telemetry:ServiceName", reader.Text(StandardName, "telegram-crm")),
    };

    private static Uri? ReadEndpoint(SettingReader reader)
    {
        var key = reader.Text(EndpointKey, string.Empty).Length > 0 ? EndpointKey : StandardEndpoint;
        var text = reader.Text(key, string.Empty);
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
        {
            return url;
        }

        // Not repeated: addresses of collectors may carry a key.
        reader.Refuse($"{key} must be empty or a collector's address such as http://127.0.0.1:4318, without a user name or a query.");
        return null;
    }

    private static OtlpTransport ReadTransport(SettingReader reader)
    {
        var key = reader.Text(ProtocolKey, string.Empty).Length > 0 ? ProtocolKey : StandardProtocol;
        var text = reader.Text(key, "http/protobuf");
        switch (text)
        {
            case "http/protobuf":
                return OtlpTransport.HttpProtobuf;
            case "grpc":
                return OtlpTransport.Grpc;
            default:
                reader.Refuse($"{key} must be one of http/protobuf, grpc, but is \"{text}\".");
                return OtlpTransport.HttpProtobuf;
        }
    }
}
