using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram;

/// <summary>
/// A sandbox that runs somewhere else: its addresses and its key are read from its control port when a client is made, so that it may
/// start later than we do, or come back with another key. Thousands of clients that are made at once share what was read.
/// </summary>
public sealed class SandboxTelegramEnvironment(HttpClient control, TimeProvider time) : ITelegramEnvironment
{
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private readonly Lock _lock = new();
    private Task<DataCenterTable>? _reading;
    private long _begun;

    public async ValueTask<DataCenterTable> GetDataCentersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ShareAsync().WaitAsync(cancellationToken);
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            throw new TelegramConnectionException("The sandbox's control port (Sandbox:Url) can't be read.", e);
        }
    }

    /// <summary>What is being read, or was just now.</summary>
    private Task<DataCenterTable> ShareAsync()
    {
        lock (_lock)
        {
            var isFresh = _reading is { IsCompleted: false }
                || (_reading is { IsCompletedSuccessfully: true } && time.GetElapsedTime(_begun) < Freshness);
            if (!isFresh)
            {
                _begun = time.GetTimestamp();
                _reading = ReadAsync();
            }

            return _reading!;
        }
    }

    /// <summary>Belongs to nobody who asks; the client's own time-out ends it.</summary>
    private async Task<DataCenterTable> ReadAsync()
    {
        var configuration = await control.GetFromJsonAsync<Configuration>("config", Json, CancellationToken.None);
        var key = await control.GetStringAsync("public-key", CancellationToken.None);
        return DataCenterTable.Custom(configuration!.DataCenters.Select(ToAddress), [key]);
    }

    private static bool IsAway(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        HttpRequestException or JsonException or FormatException or ArgumentException => true,
        _ => false,
    };

    private static DataCenterAddress ToAddress(DataCenter dataCenter) =>
        new(dataCenter.Id, new IPEndPoint(IPAddress.Parse(dataCenter.Address), dataCenter.Port));

    private sealed record Configuration(IReadOnlyList<DataCenter> DataCenters);

    private sealed record DataCenter(int Id, string Address, int Port);
}
