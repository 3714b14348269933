using Telegram.Mtproto.Crypto;
using Telegram.Mtproto.Transports;
using Telegram.Sandbox;

namespace Telegram.Client.Tests.Sandbox;

/// <summary>A sandbox for the tests of one class, an operator of its own for each of them, and clients that don't wait long.</summary>
public abstract class SandboxFixture
{
    private const int Operators = 60;
    private static readonly Lazy<string> Key = new(() => RsaPrivateKey.Create().ToPem());

    private string _directory = string.Empty;
    private int _operators = 2;

    internal SandboxServer Server { get; private set; } = null!;

    internal SandboxControl Control => Server.Control;

    /// <summary>Somebody who writes to operators.</summary>
    internal PersonInfo Customer { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _directory = Directory.CreateTempSubdirectory("client-sandbox-").FullName;
        var keys = Directory.CreateDirectory(Path.Combine(_directory, "sandbox")).FullName;
        await File.WriteAllTextAsync(Path.Combine(keys, "private-key.pem"), Key.Value);
        Server = await SandboxServer.StartAsync(new SandboxOptions
        {
            DataDirectory = _directory,
            Port = 0,
            ControlPort = 0,
            Operators = Operators,
            ReplyDelay = TimeSpan.FromMilliseconds(1),
            ReplyDelayMax = TimeSpan.FromMilliseconds(20),
        });
        Customer = Control.People().First(person => !person.Operator && person.Username is not null);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [TearDown]
    public void ClearFaults() => Control.ClearFaults();

    /// <summary>An operator of data centre 2 without a cloud password, whom no other test knows.</summary>
    internal string NextPhone() => $"999662{Interlocked.Increment(ref _operators):D4}";

    internal TelegramClientOptions Options(int dataCenter = 2) => new()
    {
        ApiId = 1,
        ApiHash = "0123456789abcdef0123456789abcdef",
        DataCenters = DataCenterTable.Custom(
            Server.DataCenters.Select(one => new DataCenterAddress(one.Id, one.EndPoint)), [Server.PublicKeyPem], dataCenter),
        Transport = TransportKind.PaddedIntermediate,
        MinReconnectDelay = TimeSpan.FromMilliseconds(10),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(200),
    };

    internal TelegramClient Open(TelegramSession? session = null, Func<TelegramClientOptions, TelegramClientOptions>? configure = null) =>
        new(configure is null ? Options() : configure(Options()), session);

    /// <summary>A client of this operator, signed in.</summary>
    internal async Task<TelegramClient> SignInAsync(string phone, Func<TelegramClientOptions, TelegramClientOptions>? configure = null)
    {
        var client = Open(configure: configure);
        await SignInAsync(client, phone);
        return client;
    }

    internal static async Task<SignInResult> SignInAsync(TelegramClient client, string phone)
    {
        var code = await client.SendCodeAsync(phone);
        return await client.SignInAsync(phone, code.PhoneCodeHash, CodeOf(phone));
    }

    /// <summary>The sandbox's codes are the digit of the phone's data centre, five times.</summary>
    internal static string CodeOf(string phone) => new(phone[5], 5);

    /// <summary>Lets the customer write.</summary>
    internal async Task WriteAsync(string phone, string text, int count = 1) =>
        await Control.SendAsync(phone, Customer.Id, text, count);
}
