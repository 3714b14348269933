using Crm.Application.Ports.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Infrastructure.Security;

/// <summary>Registers password hashing and the encryption of stored secrets.</summary>
public static class SecurityRegistration
{
    /// <summary>Keeps the key ring in <c>keys</c> under the data directory, where only the owner may read.</summary>
    public static IServiceCollection AddCrmSecurity(this IServiceCollection services, string dataDirectory)
    {
        var keys = new DirectoryInfo(Path.Combine(dataDirectory, "keys"));
        PrivateDirectory.Create(dataDirectory);
        PrivateDirectory.Create(keys.FullName);
        services.AddDataProtection().SetApplicationName("crm").PersistKeysToFileSystem(keys);
        services.AddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        services.AddSingleton<IPasswordHashing, PasswordHashing>();
        return services;
    }
}
