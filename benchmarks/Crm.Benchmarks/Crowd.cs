using Benchmarks;

namespace Crm.Benchmarks;

/// <summary>Many accounts of one API.</summary>
internal static class Crowd
{
    private const int Parallel = 16;

    /// <summary>Signs each phone in to Telegram, by a login of its own, and listens.</summary>
    public static async Task<Caller[]> ListenAsync(ApiServer api, IReadOnlyList<string> phones, CancellationToken cancellationToken)
    {
        var callers = new Caller[phones.Count];
        await Fleet.ForEachAsync(phones.Count, Parallel, "signed in", async index =>
        {
            callers[index] = await api.SignInAsync(Login(index), phones[index], cancellationToken);
            await callers[index].CallPatientlyAsync("telegram_load", new { }, cancellationToken);
            await callers[index].CallPatientlyAsync("telegram_handler", new { }, cancellationToken);
        }, cancellationToken);
        return callers;
    }

    /// <summary>Only the tokens, of logins that were signed in to Telegram earlier, or never will be.</summary>
    public static async Task<Caller[]> RegisterAsync(ApiServer api, int count, CancellationToken cancellationToken)
    {
        var callers = new Caller[count];
        await Fleet.ForEachAsync(
            count, Parallel, "with a token", async index => callers[index] = await api.RegisterAsync(Login(index), cancellationToken), cancellationToken);
        return callers;
    }

    private static string Login(int index) => $"benchmark-{index}";
}
