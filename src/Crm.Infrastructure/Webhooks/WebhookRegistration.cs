using System.Net;
using Crm.Application.Ports.Webhooks;
using Crm.Application.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Crm.Infrastructure.Webhooks;

/// <summary>Registers the way to webhooks' targets.</summary>
public static class WebhookRegistration
{
    /// <summary>Adds <see cref="IWebhookSender"/>, which follows <see cref="WebhooksOptions"/>.</summary>
    public static IServiceCollection AddWebhookSender(this IServiceCollection services)
    {
        services.AddSingleton(provider => new GuardedConnector(
            provider.GetRequiredService<IOptions<WebhooksOptions>>().Value.AllowPrivateNetworks, Dns.GetHostAddressesAsync));
        services.AddSingleton<IWebhookSender, WebhookSender>();
        return services;
    }
}
