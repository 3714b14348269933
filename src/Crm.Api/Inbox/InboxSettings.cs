using Crm.Api.Configuration;

namespace Crm.Api.Inbox;

/// <summary>What the page has to know before anybody has signed in.</summary>
internal sealed class InboxSettings
{
    /// <summary>Whether an unknown login is added.</summary>
    public required bool Registration { get; init; }

    /// <summary>How to sign in to the sandbox; only in Development, and only where Telegram is one.</summary>
    public required SandboxHint? Sandbox { get; init; }

    public static InboxSettings From(IHostEnvironment environment, ApiSettings settings) => new()
    {
        Registration = settings.AllowRegistration,
        Sandbox = environment.IsDevelopment() && settings.Telegram is TelegramEnvironment.Sandbox ? SandboxHint.Usual : null,
    };
}

/// <summary>Who lives in the sandbox. None of it opens anything elsewhere.</summary>
internal sealed class SandboxHint
{
    public static SandboxHint Usual { get; } = new()
    {
        IdApi = 1,
        ApiHash = "0123456789abcdef0123456789abcdef",
        Code = "22222",
        Phones = [new SandboxPhone("9996620001", null), new SandboxPhone("9996620002", "sandbox")],
    };

    public required int IdApi { get; init; }

    public required string ApiHash { get; init; }

    public required string Code { get; init; }

    public required IReadOnlyList<SandboxPhone> Phones { get; init; }
}

/// <summary>A phone of the sandbox and its cloud password, where it has one.</summary>
internal sealed record SandboxPhone(string Phone, string? Password);
