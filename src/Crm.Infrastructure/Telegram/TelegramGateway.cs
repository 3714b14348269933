using Crm.Application.Ports.Telegram;
using Crm.Application.Telegram;
using Crm.Domain;
using Crm.Domain.Connections;
using Crm.Infrastructure.Telegram.Clients;
using Crm.Infrastructure.Telegram.Listening;
using Crm.Infrastructure.Telegram.Mapping;
using Crm.Infrastructure.Telegram.Reading;
using Telegram.Client;
using Telegram.Tl.Functions;
using SentCode = Crm.Application.Ports.Telegram.SentCode;

namespace Crm.Infrastructure.Telegram;

/// <summary>The port to Telegram, on <see cref="TelegramClient"/>: one client a connection, made when it is first needed.</summary>
internal sealed class TelegramGateway(ClientPool clients, Listeners listeners, ISessionMonitor monitor, TimeProvider time) : ITelegramGateway
{
    /// <summary>How long a caller waits for a send before it is told that it is queued; it is repeated under its random id.</summary>
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(3);

    public Task<Result<TelegramUser?>> ConnectAsync(Connection connection, CancellationToken cancellationToken) =>
        CallAsync<TelegramUser?>(connection, async client =>
        {
            await client.ConnectAsync(cancellationToken);
            return Result.Success(await client.GetSelfAsync(cancellationToken) is { } self ? PeerMap.ToTelegramUser(self) : null);
        }, cancellationToken);

    public Task<Result<SentCode>> SendCodeAsync(Connection connection, CancellationToken cancellationToken) =>
        CallAsync<SentCode>(
            connection, async client => SignInMap.Map(await client.SendCodeAsync(PhoneOf(connection), cancellationToken)), cancellationToken);

    public Task<Result<SentCode>> ResendCodeAsync(Connection connection, string phoneCodeHash, CancellationToken cancellationToken) =>
        CallAsync<SentCode>(
            connection,
            async client => SignInMap.Map(await client.ResendCodeAsync(PhoneOf(connection), phoneCodeHash, cancellationToken)),
            cancellationToken);

    public Task<Result<SignInOutcome>> SignInAsync(
        Connection connection, string phoneCodeHash, string code, CancellationToken cancellationToken) =>
        CallAsync<SignInOutcome>(
            connection,
            async client => await client.SignInAsync(PhoneOf(connection), phoneCodeHash, code, cancellationToken) switch
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
            async client => PeerMap.ToTelegramUser(await client.CheckPasswordAsync(cloudPassword, cancellationToken)),
            cancellationToken);

    public Task<Result<IReadOnlyList<TelegramDialog>>> GetDialogsAsync(Connection connection, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<TelegramDialog>>(
            connection, async client => Result.Success(await DialogReader.ReadAllAsync(client, cancellationToken)), cancellationToken);

    public Task<Result<HistoryPage>> GetHistoryAsync(
        Connection connection, DialogPeer peer, HistorySlice slice, int limit, CancellationToken cancellationToken) =>
        CallAsync<HistoryPage>(
            connection, async client => await HistoryReader.ReadPageAsync(client, peer, slice, limit, cancellationToken), cancellationToken);

    public Task<Result<SentMessage>> SendMessageAsync(
        Connection connection, DialogPeer peer, string text, long randomId, CancellationToken cancellationToken) =>
        CallAsync<SentMessage>(connection, async client =>
        {
            var send = new MessagesSendMessage { Peer = PeerAddress.Of(peer), Message = text, RandomId = randomId };
            using var patience = new CancellationTokenSource(SendPatience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                var answer = await client.InvokeAsync(send, either.Token);
                return SentMessageMap.Map(answer, randomId) is { } sent ? sent : TelegramErrors.Failed;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return TelegramErrors.Unreachable;
            }
        }, cancellationToken);

    public Task<Result> StartListeningAsync(Connection connection, CancellationToken cancellationToken)
    {
        listeners.Start(connection.Id);
        return Task.FromResult(Result.Success());
    }

    public Task StopListeningAsync(long connectionId, CancellationToken cancellationToken) => listeners.StopAsync(connectionId);

    private static string PhoneOf(Connection connection) =>
        connection.Phone?.Digits ?? throw new InvalidOperationException($"{connection} has no phone.");

    private async Task<Result<T>> CallAsync<T>(
        Connection connection, Func<TelegramClient, Task<Result<T>>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(await clients.GetAsync(connection, cancellationToken));
        }
        catch (SessionRevokedException)
        {
            await clients.DropAsync(connection.Id);
            await monitor.SessionEndedAsync(connection.Id, cancellationToken);
            return TelegramErrors.SessionRevoked;
        }
        catch (Exception e) when (TelegramErrorMap.IsExpected(e))
        {
            return TelegramErrorMap.ToError(e);
        }
    }
}
