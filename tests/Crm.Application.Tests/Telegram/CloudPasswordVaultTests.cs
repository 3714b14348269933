using Crm.Application.Telegram;
using Testing;

namespace Crm.Application.Tests.Telegram;

public sealed class CloudPasswordVaultTests
{
    private ManualTimeProvider _time = null!;
    private CloudPasswordVault _vault = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new ManualTimeProvider();
        _vault = new CloudPasswordVault(_time);
    }

    [TearDown]
    public void TearDown() => _vault.Dispose();

    [Test]
    public void Find_WhenAPasswordWasPut_AnswersItToItsConnectionOnly()
    {
        _vault.Put(1, "one");

        Assert.That((_vault.Find(1), _vault.Find(2)), Is.EqualTo(("one", (string?)null)));
    }

    [Test]
    public void Find_WhenItsTimeHasPassed_HasForgottenItUnasked()
    {
        _vault.Put(1, "one");

        _time.Advance(CloudPasswordVault.Lifetime - TimeSpan.FromSeconds(1));
        Assert.That(_vault.Find(1), Is.EqualTo("one"));
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(_vault.Find(1), Is.Null);
        Assert.That(_vault.Count, Is.Zero);
    }

    [Test]
    public void Erase_WhenSignInEnds_ForgetsIt()
    {
        _vault.Put(1, "one");

        _vault.Erase(1);
        _vault.Erase(2);

        Assert.That(_vault.Find(1), Is.Null);
    }

    [Test]
    public void Put_WhenItIsFull_DropsTheOldest()
    {
        for (var i = 0; i < CloudPasswordVault.Capacity; i++)
        {
            _vault.Put(i, "p");
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _vault.Put(-1, "new");

        Assert.That(_vault.Count, Is.EqualTo(CloudPasswordVault.Capacity));
        Assert.That((_vault.Find(0), _vault.Find(1), _vault.Find(-1)), Is.EqualTo(((string?)null, "p", "new")));
    }
}
