using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Crm.Api.Telemetry.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Crm.Api.Tests.Support;

/// <summary>Every line that is logged at any level, as the JSON that Production's console shows.</summary>
internal sealed class JsonLogCapture : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly JsonLogFormatter _formatter = new(TimeProvider.System);

    public IReadOnlyList<JsonNode> Lines => [.. _lines.Select(line => JsonNode.Parse(line)!)];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public override string ToString() => string.Concat(_lines);

    public void Dispose()
    {
        // The lines are read after the API has ended.
    }

    private sealed class Logger(string category, JsonLogCapture capture) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var writer = new StringWriter { NewLine = "\n" };
            capture._formatter.Write(new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), null, writer);
            capture._lines.Enqueue(writer.ToString());
        }
    }
}
