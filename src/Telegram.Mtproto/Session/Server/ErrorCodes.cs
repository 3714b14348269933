namespace Telegram.Mtproto.Session.Server;

/// <summary>
/// The codes of <c>bad_msg_notification</c>
/// (<see href="https://core.telegram.org/mtproto/service_messages_about_messages#notice-of-ignored-error-message"/>).
/// </summary>
internal static class ErrorCodes
{
    public const int MessageIdTooLow = 16;
    public const int MessageIdTooHigh = 17;
    public const int MessageIdParity = 18;
    public const int ContainerIdReused = 19;
    public const int MessageTooOld = 20;
    public const int SequenceNumberEven = 35;
    public const int BadSalt = 48;
    public const int InvalidContainer = 64;
}
