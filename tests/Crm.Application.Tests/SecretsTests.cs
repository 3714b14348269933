using System.Reflection;
using Crm.Application.AccountAuth;
using Crm.Application.Ports.Storage;
using Crm.Application.Ports.Telegram;
using Crm.Domain.Accounts;
using MediatR;

namespace Crm.Application.Tests;

/// <summary>Whatever may end up in a log by its text must not say a secret there.</summary>
public sealed class SecretsTests
{
    private const string Secret = "a-secret";

    private static IEnumerable<Type> Types() =>
        typeof(AccountAuthCommand).Assembly.GetTypes().Where(type =>
            type is { IsClass: true, IsAbstract: false, IsGenericType: false }
            && (type.GetInterfaces().Any(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>))
                || type == typeof(SentCode)
                || type == typeof(NewAccount)
                || type == typeof(AccountSignIn)
                || type == typeof(NewSend)
                || type == typeof(SignedInAccount)
                || type == typeof(TelegramMessage)));

    [TestCaseSource(nameof(Types))]
    public void ToString_WhenTextsAreInside_ShowsNoneOfThem(Type type)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        var instance = constructor.Invoke([.. constructor.GetParameters().Select(Fill)]);

        Assert.That(instance.ToString(), Does.Not.Contain(Secret));
    }

    private static object? Fill(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(Login))
        {
            return Login.TryParse(Secret, out var login) ? login : throw new InvalidOperationException("The secret must be a login.");
        }

        return parameter.ParameterType == typeof(string) ? Secret
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
            : null;
    }
}
