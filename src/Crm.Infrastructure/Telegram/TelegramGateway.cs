using Crm.Application.Limits;
using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using Crm.Infrastructure.Telegram.Clients;
using Crm.Infrastructure.Telegram.Listening;
using Crm.Infrastructure.Telegram.Mapping;
using Crm.Infrastructure.Telegram.Reading;
using Microsoft.Extensions.Options;
using Telegram.Client;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;
using DialogPeer = Crm.Application.Ports.Telegram.DialogPeer;
using SentCode = Crm.Application.Ports.Telegram.SentCode;

namespace Crm.Infrastructure.Telegram;

/// <summary>The port to Telegram, on <see cref="TelegramClient"/>: one client a connection, made when it is first needed.</summary>
internal sealed class TelegramGateway(
    ClientPool clients, Listeners listeners, ISessionMonitor monitor, FloodBudget budget, IOptions<LimitsOptions> limits, TimeProvider time)
    : ITelegramGateway
{
    private const string GetUsers = "users.getUsers";
    private const string SendMessage = "messages.sendMessage";

    public Task<Result<TelegramUser?>> ConnectAsync(Connection connection, CancellationToken cancellationToken) =>
        CallAsync<TelegramUser?>(connection, async caller =>
        {
            var self = await caller.RunAsync(GetUsers, client => ConnectAsync(client, cancellationToken), cancellationToken);
            return Result.Success(self is null ? null : PeerMap.ToTelegramUser(self));
        }, cancellationToken);

    public Task<Result<SentCode>> SendCodeAsync(Connection connection, CancellationToken cancellationToken) =>
        CallForCodeAsync(
            connection, "auth.sendCode", client => client.SendCodeAsync(PhoneOf(connection), cancellationToken), cancellationToken);

    public Task<Result<SentCode>> ResendCodeAsync(Connection connection, string phoneCodeHash, CancellationToken cancellationToken) =>
        CallForCodeAsync(
            connection, "auth.resendCode", client => client.ResendCodeAsync(PhoneOf(connection), phoneCodeHash, cancellationToken),
            cancellationToken);

    public Task<Result<SignInOutcome>> SignInAsync(
        Connection connection, string phoneCodeHash, string code, CancellationToken cancellationToken) =>
        CallAsync<SignInOutcome>(
            connection,
            async caller => await caller.RunAsync(
                "auth.signIn", client => client.SignInAsync(PhoneOf(connection), phoneCodeHash, code, cancellationToken), cancellationToken) switch
            {
                SignInResult.Authorized authorized => SignInOutcome.Authorized(PeerMap.ToTelegramUser(authorized.User)),
                SignInResult.PasswordRequired => SignInOutcome.PasswordRequired,
                _ => TelegramErrors.SignUpRequired,
            },
            cancellationToken);

    public Task<Result<TelegramUser>> CheckPasswordAsync(
        Connection connection, string cloudPassword, CancellationToken cancellationToken) =>
        CallAsync<TelegramUser>(
            connection,
            async caller => PeerMap.ToTelegramUser(await caller.RunAsync(
                "auth.checkPassword", client => client.CheckPasswordAsync(cloudPassword, cancellationToken), cancellationToken)),
            cancellationToken);

    public async Task<Result> SignOutAsync(Connection connection, CancellationToken cancellationToken)
    {
        var signedOut = await CallAsync<bool>(
            connection,
            async caller => await caller.RunAsync("auth.logOut", client => SignOutAsync(client, cancellationToken), cancellationToken),
            cancellationToken);
        await clients.DropAsync(connection.Id, client: null);
        return signedOut.IsSuccess ? Result.Success() : signedOut.Error;
    }

    public Task<Result<IReadOnlyList<TelegramDialog>>> GetDialogsAsync(Connection connection, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<TelegramDialog>>(
            connection, async caller => Result.Success(await DialogReader.ReadAllAsync(caller, cancellationToken)), cancellationToken);

    public Task<Result<HistoryPage>> GetHistoryAsync(
        Connection connection, DialogPeer peer, HistorySlice slice, int limit, CancellationToken cancellationToken) =>
        CallAsync<HistoryPage>(
            connection, async caller => await HistoryReader.ReadPageAsync(caller, peer, slice, limit, cancellationToken), cancellationToken);

    public Task<Result<SentMessage>> SendMessageAsync(
        Connection connection, DialogPeer peer, string text, long randomId, CancellationToken cancellationToken) =>
        CallAsync<SentMessage>(connection, async caller =>
        {
            var send = new MessagesSendMessage { Peer = PeerAddress.Of(peer), Message = text, RandomId = randomId };
            var answer = await caller.RunAsync(
                SendMessage, client => SendPatientlyAsync(client, send, cancellationToken), cancellationToken, peer.DialogId);
            return answer is null ? TelegramErrors.Unreachable
                : SentMessageMap.Map(answer, randomId) is { } sent ? sent
                : TelegramErrors.Failed;
        }, cancellationToken);

    public Task<Result<bool>> ReadHistoryAsync(
        Connection connection, DialogPeer peer, int upToMessageId, CancellationToken cancellationToken) =>
        CallAsync<bool>(
            connection, async caller => await HistoryReader.MarkReadAsync(caller, peer, upToMessageId, cancellationToken), cancellationToken);

    public Task<Result> StartListeningAsync(Connection connection, CancellationToken cancellationToken)
    {
        listeners.Start(connection.Id);
        return Task.FromResult(Result.Success());
    }

    public Task StopListeningAsync(long connectionId, CancellationToken cancellationToken) => listeners.StopAsync(connectionId);

    private static string PhoneOf(Connection connection) =>
        connection.Phone?.Digits ?? throw new InvalidOperationException($"{connection} has no phone.");

    private static async Task<User?> ConnectAsync(TelegramClient client, CancellationToken cancellationToken)
    {
        await client.ConnectAsync(cancellationToken);
        return await client.GetSelfAsync(cancellationToken);
    }

    private static async Task<bool> SignOutAsync(TelegramClient client, CancellationToken cancellationToken)
    {
        await client.LogOutAsync(cancellationToken);
        return true;
    }

    /// <summary>Null when Telegram didn't answer in time.</summary>
    private async Task<IUpdates?> SendPatientlyAsync(TelegramClient client, MessagesSendMessage send, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(limits.Value.SendPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await client.InvokeAsync(send, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whoever gets codes unasked takes them for an attack: such a call is made once, and never while it may not be made.</summary>
    private Task<Result<SentCode>> CallForCodeAsync(
        Connection connection, string method, Func<TelegramClient, Task<global::Telegram.Client.SentCode>> call,
        CancellationToken cancellationToken) =>
        CallAsync<SentCode>(
            connection, TimeSpan.Zero, async caller => SignInMap.Map(await caller.RunAsync(method, call, cancellationToken)), cancellationToken);

    private Task<Result<T>> CallAsync<T>(
        Connection connection, Func<TelegramCaller, Task<Result<T>>> call, CancellationToken cancellationToken) =>
        CallAsync(connection, limits.Value.MaxWait, call, cancellationToken);

    private async Task<Result<T>> CallAsync<T>(
        Connection connection, TimeSpan patience, Func<TelegramCaller, Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        PooledClient? pooled = null;
        try
        {
            pooled = await clients.GetAsync(connection, cancellationToken);
            return await call(new TelegramCaller(pooled.Client, connection.Id, budget, patience, time));
        }
        catch (SessionRevokedException) when (pooled is not null)
        {
            await clients.DropAsync(connection.Id, pooled);
            await monitor.SessionEndedAsync(connection.Id, pooled.SessionNumber, cancellationToken);
            return TelegramErrors.SessionRevoked;
        }
        catch (ObjectDisposedException) when (pooled is { Client.EndedBy: not null })
        {
            // Somebody else has met the end of the session first, and is telling of it.
            await monitor.SessionEndedAsync(connection.Id, pooled.SessionNumber, cancellationToken);
            return TelegramErrors.SessionRevoked;
        }
        catch (ObjectDisposedException) when (pooled is not null)
        {
            return TelegramErrors.Unreachable;
        }
        catch (Exception e) when (TelegramErrorMap.IsExpected(e))
        {
            return TelegramErrorMap.ToError(e);
        }
    }
}
