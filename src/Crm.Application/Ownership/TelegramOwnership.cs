namespace Crm.Application.Ownership;

internal sealed class TelegramOwnership : ITelegramOwnership
{
    private volatile bool _isHeld;

    public bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }
}
