using Telegram.Sandbox.Authorizations;
using Telegram.Sandbox.Rpc;
using Telegram.Sandbox.Tests.Support;
using Testing;

namespace Telegram.Sandbox.Tests.Authorizations;

[TestFixture]
public sealed class AuthorizationStoreTests
{
    private const long Anna = 1001;
    private const long Boris = 1002;

    private readonly ManualTimeProvider _time = new();
    private TemporaryDirectory _directory = null!;
    private AuthorizationStore _store = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        _store = Open();
    }

    [TearDown]
    public void TearDown()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void Bind_WhenReopened_IsStillThere()
    {
        var bound = _store.Bind(Caller(1), Anna);

        Reopen();

        Assert.That(_store.FindUser(1), Is.EqualTo(Anna));
        Assert.That(_store.List(Anna), Is.EqualTo(new[] { bound }));
        Assert.That(bound.Hash, Is.Not.Zero);
    }

    [Test]
    public void Bind_WhenSomeoneElseWasThere_ReplacesThem()
    {
        _store.Bind(Caller(1), Anna);
        _store.Bind(Caller(1), Boris);

        Assert.That(_store.FindUser(1), Is.EqualTo(Boris));
        Assert.That(_store.List(Anna), Is.Empty);
    }

    [Test]
    public void Unbind_WhenSignedIn_EndsItWithoutRevoking()
    {
        _store.Bind(Caller(1), Anna);

        Assert.That(_store.Unbind(1), Is.True);
        Assert.That(_store.Unbind(1), Is.False);
        Reopen();

        Assert.That(_store.FindUser(1), Is.Null);
        Assert.That(Refusal(1), Is.EqualTo("AUTH_KEY_UNREGISTERED"));
    }

    [Test]
    public void Revoke_WhenAnotherDevice_TellsWhoIsStruckAndRemembers()
    {
        var struck = new List<long>();
        _store.Revoked = struck.Add;
        _store.Bind(Caller(1), Anna);
        var second = _store.Bind(Caller(2), Anna);

        Assert.That(_store.Revoke(Boris, second.Hash), Is.False);
        Assert.That(_store.Revoke(Anna, second.Hash), Is.True);
        Reopen();

        Assert.That(struck, Is.EqualTo(new[] { 2L }));
        Assert.That(_store.FindUser(1), Is.EqualTo(Anna));
        Assert.That(Refusal(2), Is.EqualTo("SESSION_REVOKED"));
    }

    [Test]
    public void Bind_AfterRevoke_ForgetsTheRevocation()
    {
        _store.Bind(Caller(1), Anna);
        _store.RevokeAll(Anna);
        _store.Bind(Caller(1), Anna);
        _store.Unbind(1);

        Assert.That(Refusal(1), Is.EqualTo("AUTH_KEY_UNREGISTERED"));
    }

    [Test]
    public void RevokeAll_WithAnException_SparesItAndWhatWasImportedFromIt()
    {
        _store.Bind(Caller(1), Anna);
        _store.Bind(Caller(2), Anna);
        Import(from: 1, to: 3, Anna);
        Import(from: 2, to: 4, Anna);

        Assert.That(_store.RevokeAll(Anna, exceptAuthKeyId: 1), Is.EqualTo(2));

        Assert.That(new[] { 1L, 2L, 3L, 4L }.Select(key => _store.FindUser(key)), Is.EqualTo(new long?[] { Anna, null, Anna, null }));
    }

    [Test]
    public void Import_WithAnotherUserOrDataCentreOrAgainOrLate_IsRefused()
    {
        _store.Bind(Caller(1), Anna);
        var once = _store.Export(Caller(1), 4).Bytes;
        var wrongDc = _store.Export(Caller(1), 3).Bytes;
        var wrongUser = _store.Export(Caller(1), 4).Bytes;
        var late = _store.Export(Caller(1), 4).Bytes;
        _store.Import(Caller(3, dcId: 4), Anna, once);

        Assert.Multiple(() =>
        {
            Assert.That(() => _store.Import(Caller(5, dcId: 4), Anna, once), ThrowsBytesInvalid());
            Assert.That(() => _store.Import(Caller(5, dcId: 4), Anna, wrongDc), ThrowsBytesInvalid());
            Assert.That(() => _store.Import(Caller(5, dcId: 4), Boris, wrongUser), ThrowsBytesInvalid());
            Assert.That(() => _store.Import(Caller(5, dcId: 4), Anna, new byte[5]), ThrowsBytesInvalid());
        });
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.That(() => _store.Import(Caller(5, dcId: 4), Anna, late), ThrowsBytesInvalid());
    }

    [Test]
    public void Import_WhenTheExporterHasSignedOutMeanwhile_IsRefused()
    {
        _store.Bind(Caller(1), Anna);
        var ticket = _store.Export(Caller(1), 4).Bytes;
        _store.Unbind(1);

        Assert.That(() => _store.Import(Caller(5, dcId: 4), Anna, ticket), ThrowsBytesInvalid());
    }

    [Test]
    public void Open_AfterManyChanges_ShortensTheFile()
    {
        for (var i = 0; i < 200; i++)
        {
            _store.Bind(Caller(1), Anna);
        }

        var before = new FileInfo(_directory.File("a.jsonl")).Length;
        Reopen();

        Assert.That(new FileInfo(_directory.File("a.jsonl")).Length, Is.LessThan(before / 100));
        Assert.That(_store.FindUser(1), Is.EqualTo(Anna));
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint ThrowsBytesInvalid() =>
        Throws.InstanceOf<RpcErrorException>().With.Message.EqualTo("AUTH_BYTES_INVALID");

    private void Import(long from, long to, long user) =>
        _store.Import(Caller(to, dcId: 4), user, _store.Export(Caller(from), 4).Bytes);

    private string? Refusal(long key) => Assert.Throws<RpcErrorException>(() => Caller(key).RequireUserId())?.Message;

    private RpcContext Caller(long key, int dcId = 2) => Contexts.Of(_store, _time, key, dcId);

    private void Reopen()
    {
        _store.Dispose();
        _store = Open();
    }

    private AuthorizationStore Open() => new(_directory.File("a.jsonl"), _time);
}
