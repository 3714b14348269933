using Telegram.Sandbox.World;

namespace Telegram.Sandbox.Handlers;

/// <summary>Who has a cloud password besides the code (https://core.telegram.org/api/srp).</summary>
internal static class CloudPasswords
{
    public const string Hint = "where we play";
    private const string Password = "sandbox";
    private const string Phone = "9996620002";

    public static string? Of(Person person) => person.Phone == Phone ? Password : null;
}
