namespace Crm.Api.Tests.Support;

/// <summary>Telegram is away until this is ended.</summary>
internal sealed class Outage(TaskCompletionSource end, Task over)
{
    public async Task EndAsync()
    {
        end.TrySetResult();
        await over;
    }
}
