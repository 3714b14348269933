namespace Crm.Domain.Dialogs;

/// <summary>What the other side of a dialog is; supergroups count as groups.</summary>
public enum DialogType
{
    User,
    Bot,
    Group,
    Channel,
}
