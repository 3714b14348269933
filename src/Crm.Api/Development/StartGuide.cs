using Crm.Api.Configuration;
using Crm.Api.Documentation;

namespace Crm.Api.Development;

/// <summary>What a developer who has just started the API wants to know: where it is, how to sign in, what to try.</summary>
internal static class StartGuide
{
    public static string Write(ApiSettings settings, string url, LocalSandbox? sandboxHere)
    {
        var hint = settings.AmbientAccount ? "no token is needed from this machine" : "with the access_token as a bearer token";
        var sandbox = settings.Telegram == TelegramEnvironment.Sandbox ? Sandbox(sandboxHere?.ControlUrl ?? settings.Sandbox.Url) : Real(settings);
        return $"""

            Telegram CRM API
              listens on      {url}
              inbox           {url}/
              documentation   {url}/{OpenApiDocumentation.PagePath}
              data            {settings.DataDirectory}
            {sandbox}{Proxies(settings, sandboxHere)}

            Try, one after the other ({hint}):
            {string.Join(Environment.NewLine, Calls(url))}

            Ctrl+C stops it.

            """;
    }

    private static string Sandbox(Uri? control) => $"""
          Telegram        a sandbox on this machine, control port {control?.ToString().TrimEnd('/') ?? "unknown"}
                          phone 9996620001: code 22222
                          phone 9996620002: code 22222, cloud password sandbox
        """;

    private static string Real(ApiSettings settings) =>
        $"  Telegram        {(settings.Telegram == TelegramEnvironment.Test ? "its test servers" : "the real one: messages reach people")}";

    private static string Proxies(ApiSettings settings, LocalSandbox? sandboxHere)
    {
        IEnumerable<string> lines =
        [
            .. settings.Proxy is { } way ? [$"by way of      {way}"] : Array.Empty<string>(),
            .. sandboxHere?.Proxy?.Links().Select(link => $"its MTProxy    {link}") ?? [],
        ];
        return string.Concat(lines.Select(line => $"{Environment.NewLine}  {line}"));
    }

    private static IEnumerable<string> Calls(string url)
    {
        (string Route, string Body)[] calls =
        [
            ("account_auth",
                """{"login": "me", "password": "correct horse battery", "id_api": 1, "api_hash": "0123456789abcdef0123456789abcdef"}"""),
            ("telegram_preauth", """{"phone": "9996620001", "password": ""}"""),
            ("telegram_auth", """{"flag": false}"""),
            ("telegram_auth", """{"flag": true, "code": 22222}"""),
            ("telegram_load", "{}"),
            ("telegram_handler", "{}"),
        ];
        return calls.Select(call => $"  curl -H 'Content-Type: application/json' {url}/api/{call.Route} -d '{call.Body}'");
    }
}
