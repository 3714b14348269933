using Telegram.Tl;

namespace Telegram.Client;

/// <summary>
/// Calls that may be repeated after a server error because they only read. Whatever writes is repeated by its caller alone,
/// who knows whether it carries a <c>random_id</c>.
/// </summary>
internal static class ReadingCalls
{
    /// <summary>Named like reading, yet they do something: press a button, count a view, spend a password or a form.</summary>
    private static readonly HashSet<string> Exceptions = new(StringComparer.Ordinal)
    {
        "messages.getBotCallbackAnswer", "messages.getMessagesViews", "account.getTmpPassword", "messages.getInlineBotResults",
        "payments.getPaymentForm", "auth.getPasskeyLoginOptions",
    };

    public static bool Contains(ITlFunction function)
    {
        var name = TlRegistry.GetName(function.ConstructorId);
        if (name is null || Exceptions.Contains(name))
        {
            return false;
        }

        var method = name.AsSpan(name.IndexOf('.', StringComparison.Ordinal) + 1);
        return method.StartsWith("get") || method.StartsWith("search") || method.StartsWith("resolve");
    }
}
