using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Telegram.Client;

namespace Crm.Infrastructure.Telegram;

/// <summary>
/// A sandbox that runs somewhere else: its addresses and its key are read from its control port each time a client is made,
/// so that it may start later than we do, or come back with another key.
/// </summary>
public sealed class SandboxTelegramEnvironment(HttpClient control) : ITelegramEnvironment
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public async ValueTask<DataCenterTable> GetDataCentersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var configuration = await control.GetFromJsonAsync<Configuration>("config", Json, cancellationToken);
            var key = await control.GetStringAsync("public-key", cancellationToken);
            return DataCenterTable.Custom(configuration!.DataCenters.Select(ToAddress), [key]);
        }
        catch (Exception e) when (IsAway(e, cancellationToken))
        {
            throw new TelegramConnectionException("The sandbox's control port (Sandbox:Url) can't be read.", e);
        }
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
