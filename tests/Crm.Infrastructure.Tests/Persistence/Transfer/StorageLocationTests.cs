using Crm.Infrastructure.Persistence.Transfer;

namespace Crm.Infrastructure.Tests.Persistence.Transfer;

[TestFixture]
internal sealed class StorageLocationTests
{
    [Test]
    public void TryParse_WhenItNamesAFile_IsItsAbsolutePath()
    {
        Assert.That(StorageLocation.TryParse("sqlite:some/crm.db", out var location, out _), Is.True);
        Assert.That((location!.IsSqlServer, location.Value), Is.EqualTo((false, Path.GetFullPath("some/crm.db"))));
    }

    [Test]
    public void TryParse_WhenItNamesADirectory_IsTheFileInIt()
    {
        var directory = Path.GetTempPath();
        Assert.That(StorageLocation.TryParse($"sqlite:{directory}", out var location, out _), Is.True);
        Assert.That(location!.Value, Is.EqualTo(Path.Combine(directory, "crm.db")));
    }

    [Test]
    public void ToString_WhenItIsAServer_HoldsNoSecret()
    {
        Assert.That(StorageLocation.TryParse("SqlServer:Server=db;Database=crm;Password=hunter2", out var location, out _), Is.True);
        Assert.That((location!.IsSqlServer, location.ToString()), Is.EqualTo((true, "SQL Server")));
    }

    [TestCase("")]
    [TestCase("sqlite:")]
    [TestCase("sqlserver:")]
    [TestCase("sqlserver:hunter2")]
    [TestCase("hunter2")]
    public void TryParse_WhenItIsNothingOfTheKind_SaysSoWithoutRepeatingIt(string text)
    {
        Assert.That(StorageLocation.TryParse(text, out _, out var problem), Is.False);
        Assert.That(problem, Does.StartWith("must ").And.Not.Contains("hunter2"));
    }
}
