using System.Globalization;
using Crm.Domain;

namespace Crm.Api.Events;

/// <summary>The header in which a reader that comes back says what it saw last.</summary>
internal static class LastEventId
{
    public const string Header = "Last-Event-ID";
    public const string Pattern = "^[0-9]{1,19}$";

    /// <summary>The header's id, else <paramref name="after"/>; or what is wrong with the header.</summary>
    public static Result<long?> Read(IHeaderDictionary headers, long? after)
    {
        var text = headers[Header].ToString();
        if (text.Length == 0)
        {
            return Result.Success(after);
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? Result.Success<long?>(id)
            : Error.Validation(Header, "Must be an event's id.");
    }
}
