using Crm.Api.Documentation;
using Crm.Api.Json;

namespace Crm.Api.LoadTgDialog;

/// <summary>Which dialog to load; its id goes into either field.</summary>
[EitherField("id", "user_id")]
public sealed class LoadTgDialogRequest : ICheckedRequest
{
    /// <summary>The dialog's id.</summary>
    [DialogIdRange]
    public long? Id { get; set; }

    /// <summary>The dialog's id.</summary>
    [DialogIdRange]
    public long? UserId { get; set; }

    internal long Dialog => Id ?? UserId ?? 0;

    IEnumerable<FieldProblem> ICheckedRequest.Check() => EitherName.Check("id", Id, "user_id", UserId);
}
