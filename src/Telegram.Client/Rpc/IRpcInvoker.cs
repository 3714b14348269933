using Telegram.Tl;

namespace Telegram.Client;

/// <summary>Makes calls; see <see cref="TelegramClient.InvokeAsync"/> for how they end.</summary>
internal interface IRpcInvoker
{
    Task<TResult> InvokeAsync<TResult>(ITlFunction<TResult> function, CancellationToken cancellationToken = default);
}
