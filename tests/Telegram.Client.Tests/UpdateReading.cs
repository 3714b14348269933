using System.Threading.Channels;

namespace Telegram.Client.Tests;

internal static class UpdateReading
{
    /// <summary>Reads to the end, or why there is one: what was handed out before it stays readable.</summary>
    public static async Task DrainAsync(this ChannelReader<UpdateBatch> updates)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        await foreach (var _ in updates.ReadAllAsync(limit.Token))
        {
            // Only the end matters.
        }
    }
}
