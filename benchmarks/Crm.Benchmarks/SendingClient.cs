using System.Security.Cryptography;
using Benchmarks;
using Telegram.Client;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using Testing.Processes;

namespace Crm.Benchmarks;

/// <summary>Sends by our client, with neither API nor database: what is left is the sandbox's own time.</summary>
internal static class SendingClient
{
    /// <summary>The sandbox answers none faster for there being more of them; they take turns.</summary>
    private const int Clients = 50;

    private const int Parallel = 16;

    public static async Task<T> RunAsync<T>(
        SandboxProcess sandbox, int accounts, Func<Func<int, string, Task<bool>>, CancellationToken, Task<T>> measure, CancellationToken cancellationToken)
    {
        var options = await Fleet.OptionsAsync(sandbox, cancellationToken);
        var phones = await World.PhonesAsync(sandbox, Math.Min(accounts, Clients), cancellationToken);
        var senders = new (TelegramClient Client, InputPeerUser To)[phones.Count];
        await Fleet.ForEachAsync(phones.Count, Parallel, "clients signed in", async index =>
        {
            var client = new TelegramClient(options, TelegramSession.Parse(await Fleet.SignInAsync(options, phones[index], cancellationToken)));
            await client.ConnectAsync(cancellationToken);
            senders[index] = (client, await CustomerAsync(client, cancellationToken));
        }, cancellationToken);
        try
        {
            return await measure((account, text) => SendAsync(senders[account % senders.Length], text, cancellationToken), cancellationToken);
        }
        finally
        {
            await Fleet.ForEachAsync(senders.Length, Parallel, "closed", index => senders[index].Client.DisposeAsync(), CancellationToken.None);
        }
    }

    private static async Task<InputPeerUser> CustomerAsync(TelegramClient client, CancellationToken cancellationToken)
    {
        var request = new MessagesGetDialogs { OffsetDate = 0, OffsetId = 0, OffsetPeer = new InputPeerEmpty(), Limit = 100, Hash = 0 };
        var users = await client.InvokeAsync(request, cancellationToken) switch
        {
            MessagesDialogsSlice part => part.Users,
            MessagesDialogs all => all.Users,
            _ => [],
        };
        var customer = users.OfType<User>().First(user => !user.Self);
        return new InputPeerUser { UserId = customer.Id, AccessHash = customer.AccessHash ?? 0 };
    }

    private static async Task<bool> SendAsync((TelegramClient Client, InputPeerUser To) sender, string text, CancellationToken cancellationToken)
    {
        var send = new MessagesSendMessage { Peer = sender.To, Message = text, RandomId = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) };
        await sender.Client.InvokeAsync(send, cancellationToken);
        return true;
    }
}
