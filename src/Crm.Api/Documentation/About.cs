namespace Crm.Api.Documentation;

/// <summary>The document's introduction.</summary>
internal static class About
{
    public const string Text = """
        Answers customers from real Telegram accounts: sign in, see the dialogs, keep every message, reply.

        **Where to begin.** `account_auth` gives an access token, `telegram_preauth` and `telegram_auth` sign in to Telegram,
        `telegram_load` lists the dialogs, `telegram_handler` keeps every new message, `telegram_send` answers.

        **Requests** are JSON objects in UTF-8 of at most 1 MiB; fields that are not known are ignored, null is as good as a field that is
        missing. **Answers** are JSON in UTF-8; fields may be added to them, none is renamed or removed. Times are Unix seconds. Ids of dialogs
        are Telegram's: a user's id as it is, a group's negated, a channel's as −100….

        **Refusals** are RFC 9457 problem details with a stable `code`; with each operation stands every code it can answer. An address that
        is none answers 404 `route.not_found`, one that does not take the method 405 `route.method_not_allowed`. Answers are never
        cached (`Cache-Control: no-store`).

        **Not in here**, because they are the operator's and no client is to build on them: the health checks, the metrics, this
        document and the pages.
        """;
}
