using Microsoft.OpenApi;

namespace Crm.Api.Documentation;

/// <summary>What the operations are sorted by.</summary>
internal static class ApiTags
{
    public const string Account = "Account";
    public const string Telegram = "Telegram";
    public const string Messages = "Messages";
    public const string Events = "Events";
    public const string Webhooks = "Webhooks";
    public const string Keys = "API keys";

    private static readonly (string Name, string Description)[] All =
    [
        (Account, "Signing in to the CRM itself, and the account's life."),
        (Telegram, "Signing in to Telegram, and what the connection to it does."),
        (Messages, "The dialogs' messages: reading, sending, importing."),
        (Events, "What happens, as it happens, and again from any place of the last 30 days."),
        (Webhooks, "Having events posted to an address of yours."),
        (Keys, "Keys for programs that call on the account's behalf."),
    ];

    /// <summary>The order of a first conversation; what is not named comes after, by its address.</summary>
    private static readonly string[] First =
    [
        "account_auth", "token_refresh", "telegram_preauth", "telegram_auth", "telegram_load", "telegram_handler", "load_tgdialog",
        "telegram_send", "get_messages/accountid_and_messenger",
    ];

    public static void Sort(OpenApiDocument document)
    {
        document.Tags = new HashSet<OpenApiTag>(All.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        var paths = document.Paths.OrderBy(path => Place(path.Key)).ThenBy(path => path.Key, StringComparer.Ordinal).ToList();
        document.Paths.Clear();
        foreach (var (path, item) in paths)
        {
            document.Paths.Add(path, item);
        }
    }

    private static int Place(string path)
    {
        var place = Array.FindIndex(First, one => path == $"/api/{one}");
        return place < 0 ? First.Length : place;
    }
}
