using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Application.TelegramHandler;
using Crm.Domain;
using Crm.Domain.Connections;

namespace Crm.Application.Telegram;

/// <summary>Where a sign-in stands; the session was replaced when Telegram had ended the stored one.</summary>
internal sealed record SignInState(Connection Connection, TelegramUser? User, bool SessionReplaced = false);

/// <summary>The steps of a Telegram sign-in. Each saves the connection as it leaves it; callers hold the account's sign-in lock.</summary>
internal sealed class SignIn(
    ITelegramGateway gateway, IConnectionStore connections, ICloudPasswordVault vault, ListeningSupervisor listening, TimeProvider time)
{
    /// <summary>
    /// Connects and finds out who is signed in. A session that Telegram ended gives way to a new one; so does one whose keys are gone,
    /// if that is wanted (<paramref name="replacesUnreadable"/>), for they might come back.
    /// </summary>
    public async Task<Result<SignInState>> ConnectAsync(Connection connection, bool replacesUnreadable, CancellationToken cancellationToken)
    {
        var outcome = await ConnectStoredAsync(connection, replacesUnreadable, cancellationToken);
        var replaced = outcome.Error is { } error && TelegramErrors.EndsSession(error);
        if (replaced)
        {
            // The gateway may have reported the end already, and so have changed the connection.
            await connections.DeleteSessionAsync(connection.Id, cancellationToken);
            connection = await connections.FindAsync(connection.Id, cancellationToken) ?? connection;
            outcome = await gateway.ConnectAsync(connection, cancellationToken);
        }

        if (!outcome.IsSuccess)
        {
            return outcome.Error;
        }

        var settled = await SettleAsync(connection, outcome.Value, replaced, cancellationToken);
        return settled.Map(saved => new SignInState(saved, outcome.Value, replaced));
    }

    /// <summary>Has Telegram send a code, unless one is under way and <paramref name="resend"/> doesn't insist.</summary>
    public async Task<Result<SignInState>> RequestCodeAsync(Connection connection, bool resend, CancellationToken cancellationToken)
    {
        var pending = connection.PendingCode;
        if (!resend && pending is not null && !pending.IsOver(time.GetUtcNow()))
        {
            return new SignInState(connection, null);
        }

        if (resend && pending is not null && FindObstacle(pending) is { } obstacle)
        {
            return obstacle;
        }

        var sent = resend && pending is not null
            ? await ResendCodeAsync(connection, pending, cancellationToken)
            : await gateway.SendCodeAsync(connection, cancellationToken);
        if (!sent.IsSuccess)
        {
            return sent.Error;
        }

        var code = sent.Value;
        var next = new PendingCode(
            code.PhoneCodeHash, code.Type, code.Length, code.NextType, code.TimeoutSeconds, time.GetUtcNow());
        var saved = await SaveAsync(connection.AwaitCode(next), cancellationToken);
        return saved.Map(changed => new SignInState(changed, null));
    }

    /// <summary>Signs in with the code, and with the cloud password where one is owed and at hand.</summary>
    public async Task<Result<SignInState>> EnterCodeAsync(Connection connection, string code, CancellationToken cancellationToken)
    {
        if (connection.PendingCode is not { } pending)
        {
            return TelegramErrors.CodeNotRequested;
        }

        var entered = code.All(char.IsAsciiDigit) ? code.PadLeft(pending.Length, '0') : code;
        var outcome = await gateway.SignInAsync(connection, pending.PhoneCodeHash, entered, cancellationToken);
        if (outcome.IsSuccess)
        {
            return outcome.Value.User is { } user
                ? await AuthorizeAsync(connection, user, cancellationToken)
                : await OwePasswordAsync(connection, cancellationToken);
        }

        if (outcome.Error == TelegramErrors.CodeInvalid)
        {
            return await MissCodeAsync(connection, cancellationToken);
        }

        if (outcome.Error == TelegramErrors.CodeExpired || outcome.Error == TelegramErrors.SignUpRequired)
        {
            await SaveAsync(connection.Disconnect(), cancellationToken);
        }

        return outcome.Error;
    }

    /// <summary>Gives Telegram the cloud password if it is at hand; else the state stays as it is.</summary>
    public async Task<Result<SignInState>> EnterPasswordAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (vault.Find(connection.Id) is not { } password)
        {
            return new SignInState(connection, null);
        }

        var outcome = await gateway.CheckPasswordAsync(connection, password, cancellationToken);
        if (outcome.IsSuccess)
        {
            return await AuthorizeAsync(connection, outcome.Value, cancellationToken);
        }

        if (outcome.Error == TelegramErrors.PasswordInvalid)
        {
            vault.Erase(connection.Id);
        }

        return outcome.Error;
    }

    private async Task<Result<TelegramUser?>> ConnectStoredAsync(
        Connection connection, bool replacesUnreadable, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.ConnectAsync(connection, cancellationToken);
        }
        catch (StorageUnavailableException exception) when (replacesUnreadable && exception.Trouble is StorageTrouble.KeysMissing)
        {
            return TelegramErrors.SessionRevoked;
        }
    }

    private async Task<Result<Connection>> SettleAsync(
        Connection connection, TelegramUser? user, bool replaced, CancellationToken cancellationToken)
    {
        if (user is not null)
        {
            var authorized = await AuthorizeAsync(connection, user, cancellationToken);
            return authorized.Map(state => state.Connection);
        }

        if (connection.Status is ConnectionStatus.Authorized)
        {
            var revoked = await SaveAsync(connection.Revoke(), cancellationToken);
            return revoked.IsSuccess ? await SaveAsync(revoked.Value.Disconnect(), cancellationToken) : revoked;
        }

        return replaced || connection.Status is ConnectionStatus.Revoked
            ? await SaveAsync(connection.Disconnect(), cancellationToken)
            : connection;
    }

    private async Task<Result<SignInState>> AuthorizeAsync(Connection connection, TelegramUser user, CancellationToken cancellationToken)
    {
        vault.Erase(connection.Id);
        if (connection.Status is ConnectionStatus.Authorized && connection.TelegramUserId == user.Id)
        {
            return new SignInState(connection, user);
        }

        if (connection.TelegramUserId is { } known && known != user.Id)
        {
            return await RefuseStrangerAsync(connection, cancellationToken);
        }

        var before = connection.Status is ConnectionStatus.Revoked ? connection.Disconnect() : connection;
        var authorized = before.IsSuccess ? before.Value.Authorize(user.Id) : before;
        var saved = await SaveAsync(authorized, cancellationToken);
        if (saved.IsSuccess && saved.Value.IsListening)
        {
            listening.Resume(saved.Value.Id);
        }

        return saved.Map(changed => new SignInState(changed, user));
    }

    /// <summary>The phone has changed hands: what is stored here is another's, and must not be mixed with theirs.</summary>
    private async Task<Error> RefuseStrangerAsync(Connection connection, CancellationToken cancellationToken)
    {
        await gateway.SignOutAsync(connection, cancellationToken);
        await connections.DeleteSessionAsync(connection.Id, cancellationToken);
        var given = connection.Status is ConnectionStatus.Authorized ? connection.Revoke() : connection.Disconnect();
        var saved = await SaveAsync(given, cancellationToken);
        return saved.IsSuccess ? TelegramErrors.AnotherUser : saved.Error;
    }

    private async Task<Result<SignInState>> OwePasswordAsync(Connection connection, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(connection.AwaitPassword(), cancellationToken);
        return saved.IsSuccess ? await EnterPasswordAsync(saved.Value, cancellationToken) : saved.Error;
    }

    /// <summary>Counts the wrong code before its answer goes out, so that a restart doesn't give the tries back.</summary>
    private async Task<Result<SignInState>> MissCodeAsync(Connection connection, CancellationToken cancellationToken)
    {
        var saved = await SaveAsync(connection.MissCode(), cancellationToken);
        return !saved.IsSuccess ? saved.Error
            : saved.Value.PendingCode is { } left ? WithTriesLeft(TelegramErrors.CodeInvalid, left.TriesLeft)
            : WithTriesLeft(TelegramErrors.NoTriesLeft, 0);
    }

    private static Error WithTriesLeft(Error error, int count) =>
        error with { Facts = new Dictionary<string, long>(StringComparer.Ordinal) { ["tries_left"] = count } };

    /// <summary>Why Telegram would refuse to send the code in another way, so that it need not be asked.</summary>
    private Error? FindObstacle(PendingCode pending)
    {
        if (pending.NextType is null)
        {
            return TelegramErrors.NoOtherWay;
        }

        return pending.SecondsLeft(time.GetUtcNow()) is > 0 and var seconds
            ? TelegramErrors.ResendTooEarly(TimeSpan.FromSeconds(seconds))
            : null;
    }

    private async Task<Result<SentCode>> ResendCodeAsync(Connection connection, PendingCode pending, CancellationToken cancellationToken)
    {
        var sent = await gateway.ResendCodeAsync(connection, pending.PhoneCodeHash, cancellationToken);
        return sent.Error == TelegramErrors.CodeExpired ? await gateway.SendCodeAsync(connection, cancellationToken) : sent;
    }

    private async Task<Result<Connection>> SaveAsync(Result<Connection> changed, CancellationToken cancellationToken)
    {
        if (!changed.IsSuccess)
        {
            return changed;
        }

        var saved = await connections.TrySaveAsync(changed.Value, cancellationToken);
        return saved is null ? TelegramErrors.StateChanged : saved;
    }
}
