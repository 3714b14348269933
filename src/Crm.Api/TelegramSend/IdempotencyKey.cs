using Crm.Domain;

namespace Crm.Api.TelegramSend;

/// <summary>The header under which a caller may repeat a send without sending twice.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const string Pattern = "^[!-~]{1,255}$";
    private const int MaxLength = 255;

    /// <summary>The key, null where none is given, or what is wrong with it.</summary>
    public static Result<string?> Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Header, out var values))
        {
            return Result.Success<string?>(null);
        }

        return values is [{ Length: > 0 and <= MaxLength } key] && key.All(static c => c is > ' ' and <= '~')
            ? Result.Success<string?>(key)
            : Error.Validation(Header, $"Must be 1–{MaxLength} visible ASCII characters.");
    }
}
