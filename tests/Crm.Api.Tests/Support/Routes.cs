namespace Crm.Api.Tests.Support;

/// <summary>The eight routes, each with a body it takes and the fields it cannot do without.</summary>
internal static class Routes
{
    public const string AccountAuth = "account_auth";
    public const string Preauth = "telegram_preauth";
    public const string Auth = "telegram_auth";
    public const string Load = "telegram_load";
    public const string Handler = "telegram_handler";
    public const string Send = "telegram_send";
    public const string LoadDialog = "load_tgdialog";
    public const string GetMessages = "get_messages/accountid_and_messenger";

    public static readonly string[] All = [AccountAuth, Preauth, Auth, Load, Handler, Send, LoadDialog, GetMessages];

    public static readonly string[] OfAnAccount = [.. All.Except([AccountAuth])];

    public static string ValidBody(string route) => route switch
    {
        AccountAuth => """{"login": "anna", "password": "secret word", "id_api": 1, "api_hash": "0123456789abcdef0123456789abcdef"}""",
        Preauth => """{"phone": "9996620001", "password": ""}""",
        Auth => """{"flag": false}""",
        Load or Handler => "{}",
        Send => """{"user_id": 1001, "answer": "hello"}""",
        LoadDialog => """{"user_id": 1001}""",
        GetMessages => """{"id_account": 1}""",
        _ => throw new ArgumentOutOfRangeException(nameof(route), route, "No such route."),
    };

    public static string[] RequiredFields(string route) => route switch
    {
        AccountAuth => ["login", "password", "id_api", "api_hash"],
        Preauth => ["phone"],
        Auth => ["flag"],
        Send => ["answer"],
        LoadDialog => ["id"],
        GetMessages => ["id_account"],
        _ => [],
    };
}
