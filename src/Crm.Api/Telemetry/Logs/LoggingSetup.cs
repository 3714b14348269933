using Crm.Api.Configuration;
using Microsoft.Extensions.Logging.Console;

namespace Crm.Api.Telemetry.Logs;

/// <summary>How the log on the console looks, and what is never in it.</summary>
internal static class LoggingSetup
{
    /// <summary>Tells each request's address with its query string, in which callers may have put what they shouldn't.</summary>
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static void AddLogs(this ILoggingBuilder logging, TelemetrySettings settings)
    {
        logging.AddFilter(RequestLog, LogLevel.Warning);
        logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        if (settings.Logs is LogFormat.Json)
        {
            logging.AddConsole(options => options.FormatterName = JsonLogFormatter.FormatterName);
        }
    }
}
