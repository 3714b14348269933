using Crm.Browser.Tests.Support;

namespace Crm.Browser.Tests;

/// <summary>Ends what all fixtures share.</summary>
[SetUpFixture]
internal sealed class SharedWorld
{
    [OneTimeTearDown]
    public Task StopAsync() => BrowserFixture.StopSharedAsync();
}
