using System.Runtime.Versioning;
using Crm.Application.Ports.Security;
using Crm.Application.Ports.Storage;
using Crm.Infrastructure.Security;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Infrastructure.Tests.Security;

public sealed class DataProtectionSecretProtectorTests
{
    private string _directory = null!;

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("crm-keys-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public async Task Unprotect_WhenAnotherProcessHasTheKeyRing_ReadsTheSecret()
    {
        byte[] ciphertext;
        await using (var first = Services(_directory))
        {
            ciphertext = Protector(first).Protect(SecretKind.TelegramSession, "secret"u8);
        }

        await using var second = Services(_directory);

        Assert.That(ciphertext.AsSpan().IndexOf("secret"u8), Is.EqualTo(-1));
        Assert.That(Protector(second).Unprotect(SecretKind.TelegramSession, ciphertext), Is.EqualTo("secret"u8.ToArray()));
    }

    [Test]
    public async Task Unprotect_WhenItWasProtectedAsAnotherKind_Refuses()
    {
        await using var services = Services(_directory);
        var ciphertext = Protector(services).Protect(SecretKind.ApiHash, "secret"u8);

        Assert.That(
            () => Protector(services).Unprotect(SecretKind.TelegramSession, ciphertext),
            Throws.TypeOf<StorageUnavailableException>().With.Property("Trouble").EqualTo(StorageTrouble.KeysMissing));
    }

    [Test]
    public async Task Unprotect_WhenTheKeyRingIsAnother_SaysThatKeysAreMissing()
    {
        await using var services = Services(Path.Combine(_directory, "one"));
        await using var others = Services(Path.Combine(_directory, "two"));
        var ciphertext = Protector(services).Protect(SecretKind.ApiHash, "secret"u8);

        Assert.That(
            () => Protector(others).Unprotect(SecretKind.ApiHash, ciphertext),
            Throws.TypeOf<StorageUnavailableException>().With.Property("Trouble").EqualTo(StorageTrouble.KeysMissing));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Windows has no file modes.")]
    [UnsupportedOSPlatform("windows")]
    public async Task AddCrmSecurity_WhenTheDirectoryIsNew_LetsOnlyTheOwnerIn()
    {
        var data = Path.Combine(_directory, "data");
        await using var services = Services(data);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        Assert.That(File.GetUnixFileMode(data) & Others, Is.EqualTo(UnixFileMode.None));
    }

    private static ServiceProvider Services(string directory) =>
        new ServiceCollection().AddLogging().AddCrmSecurity(directory).BuildServiceProvider();

    private static ISecretProtector Protector(ServiceProvider services) => services.GetRequiredService<ISecretProtector>();
}
