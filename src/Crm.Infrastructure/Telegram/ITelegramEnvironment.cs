using Telegram.Client;

namespace Crm.Infrastructure.Telegram;

/// <summary>Which Telegram the clients connect to.</summary>
public interface ITelegramEnvironment
{
    /// <summary>The data centres and keys to use from now on.</summary>
    /// <exception cref="TelegramConnectionException">It can't be asked right now.</exception>
    ValueTask<DataCenterTable> GetDataCentersAsync(CancellationToken cancellationToken);
}

/// <summary>Telegram's own servers, or any whose addresses and keys are known from the start.</summary>
public sealed class FixedTelegramEnvironment(DataCenterTable dataCenters) : ITelegramEnvironment
{
    public ValueTask<DataCenterTable> GetDataCentersAsync(CancellationToken cancellationToken) => ValueTask.FromResult(dataCenters);
}
