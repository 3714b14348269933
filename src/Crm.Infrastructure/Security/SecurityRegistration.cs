using Crm.Application.Ports.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Infrastructure.Security;

/// <summary>Registers password hashing and the encryption of stored secrets.</summary>
public static class SecurityRegistration
{
    /// <summary>Keeps the key ring in a directory where only the owner may read.</summary>
    public static IServiceCollection AddCrmSecurity(this IServiceCollection services, string keysDirectory)
    {
        PrivateDirectory.Create(keysDirectory);
        services.AddDataProtection().SetApplicationName("crm").PersistKeysToFileSystem(new DirectoryInfo(keysDirectory));
        services.AddSingleton<ISecretProtector, DataProtectionSecretProtector>();
        services.AddSingleton<IPasswordHashing, PasswordHashing>();
        return services;
    }
}
