using System.Reflection;

namespace Architecture.Tests;

/// <summary>The built assemblies.</summary>
internal static class Solution
{
    public static readonly string[] All =
    [
        "Crm.Domain", "Crm.Application", "Crm.Infrastructure", "Crm.Api",
        "Telegram.Tl", "Telegram.Mtproto", "Telegram.Client", "Telegram.Sandbox",
    ];

    public static Assembly Load(string name) => Assembly.Load(name);

    public static IReadOnlyList<Type> Implementing(string assembly, Type openInterface) =>
    [
        .. Load(assembly).GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && Array.Exists(
            type.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == openInterface)),
    ];
}
