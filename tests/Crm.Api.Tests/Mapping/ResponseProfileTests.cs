using Crm.Api.Mapping;

namespace Crm.Api.Tests.Mapping;

[TestFixture]
internal sealed class ResponseProfileTests
{
    [Test]
    public void Profile_WhenConfigured_FillsEveryMember() =>
        ResponseProfile.CreateMapper().ConfigurationProvider.AssertConfigurationIsValid();
}
