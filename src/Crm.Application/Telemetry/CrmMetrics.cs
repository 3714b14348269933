using System.Diagnostics.Metrics;

namespace Crm.Application.Telemetry;

/// <summary>
/// What is counted. Names, units and labels are promises to whoever made a dashboard of them (docs/operations.md); labels hold states,
/// reasons and methods, never an id, a name, a phone or a text.
/// </summary>
public sealed class CrmMetrics
{
    public const string MeterName = "Crm";

    private readonly Meter _meter;
    private readonly Counter<long> _received;
    private readonly Counter<long> _healed;
    private readonly Histogram<double> _ingestLag;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _sendsFailed;
    private readonly Counter<long> _floodWaits;
    private readonly Counter<double> _floodWaitTime;
    private readonly Counter<long> _reconnects;
    private readonly UpDownCounter<long> _readers;
    private readonly UpDownCounter<long> _imports;
    private readonly Counter<long> _imported;
    private readonly Counter<long> _deliveries;

    /// <summary>Makes the instruments.</summary>
    /// <param name="factory">The host's; without one nobody will read what is counted here.</param>
    public CrmMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _received = _meter.CreateCounter<long>("crm.messages.received", "{message}", "Messages of others that updates brought and that were stored.");
        _healed = _meter.CreateCounter<long>("crm.messages.healed", "{message}", "Messages no update brought, found by comparing with Telegram.");
        _ingestLag = _meter.CreateHistogram(
            "crm.ingest.lag", "s", "From when Telegram says a message was written until it is stored; the oldest of each batch.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800, 3600, 21_600, 86_400] });
        _sent = _meter.CreateCounter<long>("crm.messages.sent", "{message}", "Sends that Telegram took.");
        _sendsFailed = _meter.CreateCounter<long>("crm.sends.failed", "{send}", "Sends that were given up.");
        _floodWaits = _meter.CreateCounter<long>("crm.telegram.flood_waits", "{wait}", "How often Telegram asked for a wait.");
        _floodWaitTime = _meter.CreateCounter<double>("crm.telegram.flood_wait.time", "s", "How long the waits are that Telegram asked for, together.");
        _reconnects = _meter.CreateCounter<long>("crm.telegram.reconnects", "{reconnect}", "How often a client was connected again after it was not.");
        _readers = _meter.CreateUpDownCounter<long>("crm.events.readers", "{reader}", "Open event streams.");
        _imports = _meter.CreateUpDownCounter<long>("crm.imports.running", "{import}", "Imports of dialogs under way, also those that wait their turn.");
        _imported = _meter.CreateCounter<long>("crm.imports.messages", "{message}", "Messages that imports stored.");
        _deliveries = _meter.CreateCounter<long>("crm.webhooks.deliveries", "{delivery}", "Tries to tell a webhook of an event, by what came of it.");
    }

    /// <summary>Makes what has no labels known as 0: a rise from nothing is no rise to an alarm.</summary>
    public void BeginAtZero()
    {
        foreach (var counter in (Counter<long>[])[_received, _healed, _sent, _sendsFailed, _reconnects, _imported])
        {
            counter.Add(0);
        }

        _readers.Add(0);
        _imports.Add(0);
    }

    /// <summary>A batch of updates was stored.</summary>
    /// <param name="messages">How many messages of others it brought that were not stored before.</param>
    /// <param name="lag">The age of the oldest of them.</param>
    public void Received(int messages, TimeSpan lag)
    {
        _received.Add(messages);
        _ingestLag.Record(Math.Max(0, lag.TotalSeconds));
    }

    public void Healed(int messages) => _healed.Add(messages);

    public void Sent() => _sent.Add(1);

    public void SendFailed() => _sendsFailed.Add(1);

    public void FloodWaited(string method, string reason, TimeSpan wait)
    {
        var ofMethod = new KeyValuePair<string, object?>("method", method);
        _floodWaits.Add(1, ofMethod, new("reason", reason));
        _floodWaitTime.Add(Math.Max(0, wait.TotalSeconds), ofMethod);
    }

    public void Reconnected() => _reconnects.Add(1);

    public void ReaderCame() => _readers.Add(1);

    public void ReaderLeft() => _readers.Add(-1);

    public void ImportBegan() => _imports.Add(1);

    public void ImportEnded() => _imports.Add(-1);

    public void Imported(int messages) => _imported.Add(messages);

    /// <summary>A webhook was told of an event, or was not to be told.</summary>
    /// <param name="result"><c>delivered</c>, or why it wasn't: one of a few words.</param>
    public void Delivered(string result) => _deliveries.Add(1, new KeyValuePair<string, object?>("result", result));

    /// <summary>How many clients there are in each state; asked whenever somebody reads.</summary>
    public void ObserveConnections(Func<IEnumerable<KeyValuePair<string, int>>> count) => _meter.CreateObservableGauge(
        "crm.telegram.connections", () => ByState(count()), "{connection}", "Telegram clients of this process, by how they stand with Telegram.");

    /// <summary>How many connections that listen are in each state; asked whenever somebody reads.</summary>
    public void ObserveListeners(Func<IEnumerable<KeyValuePair<string, int>>> count) => _meter.CreateObservableGauge(
        "crm.telegram.listeners", () => ByState(count()), "{connection}", "Connections whose messages are kept as they come, by whether they come.");

    /// <summary>1 while this process is the one that speaks with Telegram.</summary>
    public void ObserveOwnership(Func<bool> isHeld) => _meter.CreateObservableGauge(
        "crm.telegram.owner", () => isHeld() ? 1 : 0, "1", "Whether this process is the one that speaks with Telegram.");

    /// <summary>How many sends wait; null while that isn't known. Answers whether somebody reads.</summary>
    public Func<bool> ObserveOutbox(Func<int?> depth)
    {
        var gauge = _meter.CreateObservableGauge<int>(
            "crm.outbox.depth", () => depth() is { } known ? [new Measurement<int>(known)] : [], "{send}", "Sends that wait to be delivered.");
        return () => gauge.Enabled;
    }

    private static IEnumerable<Measurement<int>> ByState(IEnumerable<KeyValuePair<string, int>> counts) =>
        counts.Select(pair => new Measurement<int>(pair.Value, new KeyValuePair<string, object?>("state", pair.Key)));
}
