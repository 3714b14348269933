using System.Threading.Channels;
using Telegram.Tl;
using Telegram.Tl.Types;

namespace Telegram.Client;

/// <summary>
/// One Telegram account over MTProto: stays connected, makes calls, signs in, and hands out updates without gaps or repeats.
/// Thread-safe. Idle, it holds a socket and a timer, and no thread.
/// </summary>
public sealed class TelegramClient : IAsyncDisposable, IRpcInvoker
{
    private readonly ClientCore _core;
    private readonly SignInFlow _signIn;

    /// <summary>Prepares a client; nothing is connected yet.</summary>
    /// <param name="options">How it presents itself and where Telegram is.</param>
    /// <param name="session">What it remembers; <see langword="null"/>: a new session.</param>
    /// <exception cref="ArgumentException">An option is not usable, or the session's data centre is not in the table.</exception>
    public TelegramClient(TelegramClientOptions options, TelegramSession? session = null)
        : this(options, session, connector: null)
    {
    }

    internal TelegramClient(TelegramClientOptions options, TelegramSession? session, IConnector? connector)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var known = session ?? TelegramSession.New(options.DataCenters.DefaultDataCenter);
        if (!options.DataCenters.Contains(known.DataCenterId))
        {
            throw new ArgumentException($"The session's data centre {known.DataCenterId} is not in the table.", nameof(session));
        }

        _core = new ClientCore(options, known, connector ?? ProxyConnector.For(options));
        _signIn = new SignInFlow(this, options, _core.SignedInAsync);
    }

    /// <summary>The session as it is now.</summary>
    public TelegramSession Session => _core.Session;

    /// <summary>Who is signed in; <see langword="null"/>: nobody.</summary>
    public long? UserId => _core.Session.UserId;

    /// <summary>How the client stands with Telegram.</summary>
    public TelegramClientState State => _core.State;

    /// <summary>Why Telegram ended the session; set in <see cref="TelegramClientState.Ended"/>.</summary>
    public SessionRevokedException? EndedBy => _core.EndedBy;

    /// <summary>
    /// Connects, and from then on stays connected until the client is disposed. Waits until Telegram answers, or until every address has
    /// been tried once; a wait between two tries is cut short.
    /// </summary>
    /// <exception cref="TelegramConnectionException">Telegram could not be reached this time; the tries go on.</exception>
    /// <exception cref="SessionRevokedException">Telegram ended the session.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _core.ConnectAsync(cancellationToken);

    /// <summary>
    /// Makes a call. It lives across reconnects and is sent again with the same meaning; calls for another data centre are made there.
    /// </summary>
    /// <typeparam name="TResult">The answer's type.</typeparam>
    /// <param name="function">The call.</param>
    /// <param name="cancellationToken">Gives up: Telegram is told to forget the call, which it may have carried out already.</param>
    /// <exception cref="RpcException">
    /// Telegram refused. A FLOOD_WAIT is never waited out here. Server errors (500) of calls that only read were repeated twice before.
    /// </exception>
    /// <exception cref="TelegramConnectionException">No answer could be had (<see cref="TelegramTimeoutException"/>: not in time).</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public Task<TResult> InvokeAsync<TResult>(ITlFunction<TResult> function, CancellationToken cancellationToken = default) =>
        _core.InvokeAsync(function, cancellationToken);

    /// <summary>Asks for a sign-in code. See <see href="https://core.telegram.org/method/auth.sendCode"/>.</summary>
    /// <param name="phone">The phone number, international, with or without a plus sign.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="RpcException">PHONE_NUMBER_INVALID, PHONE_NUMBER_BANNED, API_ID_INVALID, a flood wait, …</exception>
    public Task<SentCode> SendCodeAsync(string phone, CancellationToken cancellationToken = default) =>
        _signIn.SendCodeAsync(phone, cancellationToken);

    /// <summary>Asks for the code to be sent in the next way. See <see href="https://core.telegram.org/method/auth.resendCode"/>.</summary>
    public Task<SentCode> ResendCodeAsync(string phone, string phoneCodeHash, CancellationToken cancellationToken = default) =>
        _signIn.ResendCodeAsync(phone, phoneCodeHash, cancellationToken);

    /// <summary>Withdraws a code. See <see href="https://core.telegram.org/method/auth.cancelCode"/>.</summary>
    public Task<bool> CancelCodeAsync(string phone, string phoneCodeHash, CancellationToken cancellationToken = default) =>
        _signIn.CancelCodeAsync(phone, phoneCodeHash, cancellationToken);

    /// <summary>Signs in with a code. See <see href="https://core.telegram.org/method/auth.signIn"/>.</summary>
    /// <exception cref="RpcException">PHONE_CODE_INVALID, PHONE_CODE_EXPIRED, …</exception>
    public Task<SignInResult> SignInAsync(string phone, string phoneCodeHash, string code, CancellationToken cancellationToken = default) =>
        _signIn.SignInAsync(phone, phoneCodeHash, code, cancellationToken);

    /// <summary>
    /// Finishes a sign-in with the cloud password, which never leaves this process. See <see href="https://core.telegram.org/api/srp"/>.
    /// </summary>
    /// <exception cref="PasswordInvalidException">It is not the password.</exception>
    public Task<User> CheckPasswordAsync(string password, CancellationToken cancellationToken = default) =>
        _signIn.CheckPasswordAsync(password, cancellationToken);

    /// <summary>Signs out; the flow of updates ends. Does nothing when nobody is signed in.</summary>
    public Task LogOutAsync(CancellationToken cancellationToken = default) => _core.LogOutAsync(cancellationToken);

    /// <summary>Who is signed in; <see langword="null"/>: nobody.</summary>
    /// <exception cref="SessionRevokedException">Somebody was, and Telegram ended the session.</exception>
    public Task<User?> GetSelfAsync(CancellationToken cancellationToken = default) => _signIn.GetSelfAsync(cancellationToken);

    /// <summary>
    /// Starts the flow of updates: first what was missed since the given position, then what happens. See <see cref="UpdateBatch"/> for
    /// how to store it. A slow reader holds the flow up, and what it misses meanwhile is fetched when it is ready again.
    /// </summary>
    /// <param name="from">What was stored last; <see langword="null"/>: begin now.</param>
    /// <param name="channels">The channels' positions stored last.</param>
    /// <returns>
    /// Completes when the flow is stopped or the client disposed; with a <see cref="SessionRevokedException"/> when the session ended.
    /// </returns>
    /// <exception cref="InvalidOperationException">It flows already.</exception>
    public ChannelReader<UpdateBatch> StartUpdates(UpdatePosition? from, IEnumerable<ChannelPosition>? channels = null) =>
        _core.StartUpdates(from, channels ?? []);

    /// <summary>Stops the flow of updates; it can be started again.</summary>
    public Task StopUpdatesAsync() => _core.StopUpdatesAsync();

    /// <summary>Closes the connections. Calls that wait end with <see cref="ObjectDisposedException"/>; the session stays valid.</summary>
    public ValueTask DisposeAsync() => _core.DisposeAsync();
}
