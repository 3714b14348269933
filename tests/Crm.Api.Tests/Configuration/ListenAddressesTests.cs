using Crm.Api.Configuration;
using Microsoft.Extensions.Configuration;

namespace Crm.Api.Tests.Configuration;

public sealed class ListenAddressesTests
{
    [TestCase("", "http://127.0.0.1:5080/")]
    [TestCase("urls=http://+:8080;https://+:8443", "http://127.0.0.1:8080/")]
    [TestCase("urls=http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [TestCase("urls=http://[::]:8080", "http://127.0.0.1:8080/")]
    [TestCase("urls=http://[::1]:8080", "http://[::1]:8080/")]
    [TestCase("urls=http://localhost:8080", "http://localhost:8080/")]
    [TestCase("urls=http://10.0.0.7:8080", "http://10.0.0.7:8080/")]
    [TestCase("http_ports=8081;8082", "http://127.0.0.1:8081/")]
    [TestCase("urls=http://+:8080|Kestrel:Endpoints:Tls:Url=https://crm.example.com:8443", "https://127.0.0.1:8443/")]
    public void FirstLocal_WhereverTheServerListens_IsReachedFromThisMachine(string settings, string expected)
    {
        var pairs = settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);

        var url = ListenAddresses.FirstLocal(new ConfigurationBuilder().AddInMemoryCollection(pairs).Build());

        Assert.That(url.ToString(), Is.EqualTo(expected));
    }
}
