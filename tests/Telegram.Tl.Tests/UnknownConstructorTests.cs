using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Tl.Tests;

[TestFixture]
public sealed class UnknownConstructorTests
{
    private const uint Unknown = 0xdeadbeef;

    [Test]
    public void Read_WhenFieldOfAnElementIsUnknown_TellsThePathToIt()
    {
        var dialogs = new MessagesDialogs
        {
            Dialogs = [],
            Messages = [],
            Chats = [],
            Users = [User(1), User(2), User(3), User(4)],
        };
        var bytes = TlSerializer.ToBytes(dialogs);
        var status = bytes.AsSpan().LastIndexOf(BitConverter.GetBytes(UserStatusRecently.Id));
        BitConverter.TryWriteBytes(bytes.AsSpan(status), Unknown);

        var unknown = Assert.Throws<UnknownConstructorException>(() => Read(bytes, (ref TlReader reader) => IMessagesDialogs.Read(ref reader)));

        Assert.Multiple(() =>
        {
            Assert.That(unknown.ConstructorId, Is.EqualTo(Unknown));
            Assert.That(unknown.Path, Is.EqualTo("messages.dialogs.users[3].status"));
            Assert.That(unknown.Expected, Is.EqualTo("UserStatus"));
            Assert.That(unknown.Message, Is.EqualTo("Unknown constructor 0xdeadbeef where UserStatus was expected, at messages.dialogs.users[3].status."));
        });
    }

    [Test]
    public void Read_WhenOutermostValueIsUnknown_HasNoPath()
    {
        var unknown = Assert.Throws<UnknownConstructorException>(() => Read(BitConverter.GetBytes(Unknown), (ref TlReader reader) => IUser.Read(ref reader)));

        Assert.That((unknown.Path, unknown.Message), Is.EqualTo(("", "Unknown constructor 0xdeadbeef where User was expected.")));
    }

    [Test]
    public void ReadResult_WhenElementIsUnknown_TellsItsIndex()
    {
        var function = new UsersGetUsers { Id = [] };
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteVectorHeader(2);
            writer.WriteUInt32(UserEmpty.TlId);
            writer.WriteInt64(1);
            writer.WriteUInt32(Unknown);
            writer.WriteInt64(1);
        });

        var unknown = Assert.Throws<UnknownConstructorException>(() => Read(bytes, (ref TlReader reader) => function.ReadResult(ref reader)));

        Assert.That(unknown.Path, Is.EqualTo("vector[1]"));
    }

    private static User User(long id) => new() { Id = id, Status = new UserStatusRecently() };

    private static T Read<T>(byte[] bytes, Wire.Reading<T> read) => Wire.Read(bytes, read);
}
