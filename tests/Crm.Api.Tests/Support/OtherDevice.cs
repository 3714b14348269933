using Telegram.Client;
using Telegram.Sandbox;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Crm.Api.Tests.Support;

/// <summary>The operator's phone in their pocket: another session of the same Telegram account, past the CRM.</summary>
internal sealed class OtherDevice : IAsyncDisposable
{
    private readonly TelegramClient _client;

    private OtherDevice(TelegramClient client) => _client = client;

    public static async Task<OtherDevice> SignInAsync(SandboxServer sandbox, string phone)
    {
        var addresses = sandbox.DataCenters.Select(dataCenter => new DataCenterAddress(dataCenter.Id, dataCenter.EndPoint));
        var client = new TelegramClient(new TelegramClientOptions
        {
            ApiId = 1,
            ApiHash = "0123456789abcdef0123456789abcdef",
            DataCenters = DataCenterTable.Custom(addresses, [sandbox.PublicKeyPem]),
        });
        await client.ConnectAsync();
        var code = await client.SendCodeAsync(phone);
        await client.SignInAsync(phone, code.PhoneCodeHash, Operator.Code);
        return new OtherDevice(client);
    }

    /// <summary>Rewords a message of the operator's own.</summary>
    public Task EditAsync(TelegramPerson person, int messageId, string text) =>
        _client.InvokeAsync(new MessagesEditMessage { Peer = person.Peer, Id = messageId, Message = text });

    public Task DeleteAsync(params int[] messageIds) =>
        _client.InvokeAsync(new MessagesDeleteMessages { Id = messageIds, Revoke = true });

    public Task ReadAsync(TelegramPerson person, int messageId) =>
        _client.InvokeAsync(new MessagesReadHistory { Peer = person.Peer, MaxId = messageId });

    /// <summary>How this session names someone of its dialogs.</summary>
    public async Task<TelegramPerson> FindAsync(long userId)
    {
        var dialogs = await _client.InvokeAsync(new MessagesGetDialogs
        {
            OffsetDate = 0,
            OffsetId = 0,
            OffsetPeer = new InputPeerEmpty(),
            Limit = 100,
            Hash = 0,
        });
        var users = dialogs switch
        {
            MessagesDialogs all => all.Users,
            MessagesDialogsSlice slice => slice.Users,
            _ => [],
        };
        var user = users.OfType<User>().Single(user => user.Id == userId);
        return new TelegramPerson(new InputPeerUser { UserId = userId, AccessHash = user.AccessHash ?? 0 });
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}

internal sealed record TelegramPerson(IInputPeer Peer);
