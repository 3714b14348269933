namespace Telegram.Sandbox.World;

/// <summary>Sign-ins under way: codes that were sent, and keys that still owe a cloud password.</summary>
internal sealed class SignInLedger
{
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(5);
    public const int MaxWrongTries = 5;
    private const int MaxCodes = 50_000;
    private const int MaxPasswords = 50_000;

    private readonly Dictionary<string, PendingCode> _codes = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Dictionary<long, PasswordAwaited> _passwords = [];

    public PendingCode? Find(string phone, string hash) =>
        _codes.TryGetValue(hash, out var code) && code.Phone == phone ? code : null;

    public PasswordAwaited? AwaitsPassword(long authKeyId) => _passwords.GetValueOrDefault(authKeyId);

    public void Apply(CodeSent sent)
    {
        if (!_codes.TryGetValue(sent.Hash, out var code))
        {
            code = new PendingCode(sent.Phone, sent.Hash);
            _codes[sent.Hash] = code;
            _order.Enqueue(sent.Hash);
        }

        code.Channel = sent.Channel;
        code.Expires = sent.Expires;
        while (_order.Count > MaxCodes)
        {
            _codes.Remove(_order.Dequeue());
        }
    }

    public void Apply(CodeTried tried)
    {
        if (_codes.TryGetValue(tried.Hash, out var code))
        {
            code.Confirmed |= tried.Right;
            code.WrongTries += tried.Right ? 0 : 1;
        }
    }

    public void Apply(CodeEnded ended) => _codes.Remove(ended.Hash);

    public void Apply(PasswordAwaited awaited)
    {
        if (awaited.User == 0)
        {
            _passwords.Remove(awaited.AuthKeyId);
        }
        else if (_passwords.Count < MaxPasswords)
        {
            _passwords[awaited.AuthKeyId] = awaited;
        }
    }
}
