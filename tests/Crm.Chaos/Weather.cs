namespace Crm.Chaos;

/// <summary>How a storm ends.</summary>
internal static class Weather
{
    /// <summary>Waits for what was told to stop.</summary>
    public static async Task EndAsync(params Task[] running)
    {
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }
}
