using Crm.Api.Json;

namespace Crm.Api.LoadTgDialog;

/// <summary>Which dialog to load; its id goes into either field.</summary>
public sealed class LoadTgDialogRequest : ICheckedRequest
{
    /// <summary>The dialog's id.</summary>
    public long? Id { get; set; }

    /// <summary>The dialog's id.</summary>
    public long? UserId { get; set; }

    internal long Dialog => Id ?? UserId ?? 0;

    IEnumerable<FieldProblem> ICheckedRequest.Check() => EitherName.Check("id", Id, "user_id", UserId);
}
