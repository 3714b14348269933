using Telegram.Sandbox.Rpc;
using Telegram.Tl.Types;

namespace Telegram.Sandbox;

/// <summary>The people of the sandbox, what they know and what they do.</summary>
internal interface ISandboxWorld : IAsyncDisposable
{
    /// <summary>The API methods; mapped once, at start.</summary>
    IReadOnlyList<IRpcModule> Modules { get; }

    /// <summary>Lets the people act; called when the server listens.</summary>
    void Start();

    /// <summary>The data centre a user's account lives on.</summary>
    int HomeDc(long userId);

    /// <summary>A user as it sees itself.</summary>
    User Self(long userId);

    /// <summary>Finds a user by phone: digits, with or without a leading plus.</summary>
    long? FindUserByPhone(string phone);

    IReadOnlyList<PersonInfo> People();

    /// <summary>All that the server holds of the dialog between the owner of a phone and another person, oldest first.</summary>
    /// <exception cref="KeyNotFoundException">There is no such phone or person.</exception>
    IReadOnlyList<MessageInfo> Messages(string phone, long userId);

    /// <summary>Lets a person write; <c>{n}</c> in the text counts from 1, 0 per second means as fast as it goes.</summary>
    /// <exception cref="KeyNotFoundException">There is no such phone or person.</exception>
    /// <exception cref="ArgumentException">The text can't be sent.</exception>
    Task<SentMessages> SendAsPersonAsync(
        string toPhone, long fromId, string text, int count, double perSecond, CancellationToken cancellationToken);

    /// <summary>Lets a person change what one of their messages says; the id is the one in the box of the phone's owner.</summary>
    /// <exception cref="KeyNotFoundException">There is no such phone, person or message.</exception>
    /// <exception cref="ArgumentException">The message is not theirs or can't be changed, or the text can't be sent.</exception>
    void EditAsPerson(string toPhone, long fromId, int messageId, string text);

    /// <summary>Lets a person delete one of their messages, for both sides; the id is the one in the box of the phone's owner.</summary>
    /// <exception cref="KeyNotFoundException">There is no such phone, person or message.</exception>
    /// <exception cref="ArgumentException">The message is not theirs.</exception>
    void DeleteAsPerson(string toPhone, long fromId, int messageId);
}
