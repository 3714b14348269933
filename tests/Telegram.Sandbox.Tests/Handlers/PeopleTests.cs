using Telegram.Sandbox.World;
using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Tests.Handlers;

/// <summary>Finding people, contacts, groups and channels.</summary>
internal sealed class PeopleTests
{
    private WorldFixture _world = null!;
    private WorldClient _client = null!;

    [SetUp]
    public void Begin()
    {
        _world = new WorldFixture(dialogs: 40);
        _client = _world.SignedIn(1);
    }

    [TearDown]
    public async Task EndAsync() => await _world.DisposeAsync();

    [Test]
    public async Task ResolvePhone_FindsWhoShowsIt()
    {
        var seen = ((MessagesDialogs)await _client.CallAsync(Requests.Dialogs())).Users.OfType<User>().ToList();
        var shown = seen.First(user => user is { Phone: not null, Self: false });
        var hidden = seen.First(user => user is { Phone: null, Bot: false });

        var found = await _client.CallAsync(new ContactsResolvePhone { Phone = "+" + shown.Phone });
        var phone = _world.World.People().First(person => person.Id == hidden.Id).Phone;

        Assert.That(((PeerUser)found.Peer).UserId, Is.EqualTo(shown.Id));
        Assert.That(await _client.RefusalAsync(new ContactsResolvePhone { Phone = phone }), Is.EqualTo("400 PHONE_NOT_OCCUPIED"));
        Assert.That(await _client.RefusalAsync(new ContactsResolvePhone { Phone = "1" }), Is.EqualTo("400 PHONE_NOT_OCCUPIED"));
    }

    [TestCase("@operator20002", "found")]
    [TestCase("OPERATOR20002", "found")]
    [TestCase("nobody_here", "400 USERNAME_NOT_OCCUPIED")]
    [TestCase("no spaces", "400 USERNAME_INVALID")]
    [TestCase("", "400 USERNAME_INVALID")]
    public async Task ResolveUsername_FindsOrRefuses(string username, string expected)
    {
        var request = new ContactsResolveUsername { Username = username };

        Assert.That(
            expected == "found" ? ((User)(await _client.CallAsync(request)).Users[0]).Username : await _client.RefusalAsync(request),
            Is.EqualTo(expected == "found" ? "operator20002" : expected));
    }

    [Test]
    public async Task GetUsers_AnswersEachInItsPlace()
    {
        var peer = (InputPeerUser)await _client.PeerAsync("operator20002");

        var users = await _client.CallAsync(new UsersGetUsers
        {
            Id =
            [
                new InputUserSelf(),
                new InputUser { UserId = peer.UserId, AccessHash = peer.AccessHash },
                new InputUser { UserId = peer.UserId, AccessHash = 1 },
            ],
        });

        Assert.That(((User)users[0]).Self, Is.True);
        Assert.That(((User)users[1]).Id, Is.EqualTo(peer.UserId));
        Assert.That(users[2], Is.InstanceOf<UserEmpty>());
    }

    [Test]
    public async Task GetContacts_ChangesWithImportAddAndDelete()
    {
        var before = (ContactsContacts)await _client.CallAsync(new ContactsGetContacts { Hash = 0 });
        var imported = await _client.CallAsync(new ContactsImportContacts
        {
            Contacts =
            [
                new InputPhoneContact { ClientId = 5, Phone = "+9996620003", FirstName = "Коллега", LastName = "" },
                new InputPhoneContact { ClientId = 6, Phone = "123", FirstName = "Nobody", LastName = "" },
            ],
        });
        var colleague = imported.Users.OfType<User>().Single();

        var after = (ContactsContacts)await _client.CallAsync(new ContactsGetContacts { Hash = 0 });
        var hash = Sandbox.Handlers.ResultHash.Of(after.Contacts.Select(contact => contact.UserId).Order());

        Assert.That(imported.Imported.Single().ClientId, Is.EqualTo(5));
        Assert.That((colleague.FirstName, colleague.Contact), Is.EqualTo(("Коллега", true)));
        Assert.That(after.Contacts, Has.Length.EqualTo(before.Contacts.Length + 1));
        Assert.That(await _client.CallAsync(new ContactsGetContacts { Hash = hash }), Is.InstanceOf<ContactsContactsNotModified>());
        await _client.CallAsync(new ContactsDeleteContacts { Id = [new InputUser { UserId = colleague.Id, AccessHash = colleague.AccessHash!.Value }] });
        Assert.That(((ContactsContacts)await _client.CallAsync(new ContactsGetContacts { Hash = 0 })).Contacts, Has.Length.EqualTo(before.Contacts.Length));
        Assert.That(await _client.CallAsync(new ContactsGetStatuses()), Has.Length.EqualTo(before.Contacts.Length));
    }

    [Test]
    public async Task Search_FindsContactsByNameAndStrangersByUsername()
    {
        var contacts = (ContactsContacts)await _client.CallAsync(new ContactsGetContacts { Hash = 0 });
        var anybody = contacts.Users.OfType<User>().First(user => user.FirstName!.Length > 3);

        var mine = await _client.CallAsync(new ContactsSearch { Q = anybody.FirstName!.ToUpperInvariant(), Limit = 10 });
        var others = await _client.CallAsync(new ContactsSearch { Q = "@operator20003", Limit = 10 });

        Assert.That(mine.MyResults.Cast<PeerUser>().Select(peer => peer.UserId), Does.Contain(anybody.Id));
        Assert.That(((PeerUser)others.Results.Single()).UserId, Is.EqualTo(Population.OperatorId(3)));
        Assert.That(await _client.RefusalAsync(new ContactsSearch { Q = "ab", Limit = 10 }), Is.EqualTo("400 QUERY_TOO_SHORT"));
    }

    [Test]
    public async Task GroupsAndChannels_TellWhoIsInThem()
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        var chat = all.Chats.OfType<Chat>().First();
        var supergroup = all.Chats.OfType<Channel>().First(channel => channel.Megagroup);
        var input = new InputChannel { ChannelId = supergroup.Id, AccessHash = supergroup.AccessHash!.Value };

        var full = (ChatFull)(await _client.CallAsync(new MessagesGetFullChat { ChatId = chat.Id })).FullChat;
        var channel = (ChannelFull)(await _client.CallAsync(new ChannelsGetFullChannel { Channel = input })).FullChat;
        var members = (ChannelsChannelParticipants)await _client.CallAsync(new ChannelsGetParticipants
        {
            Channel = input,
            Filter = new ChannelParticipantsRecent(),
            Offset = 1,
            Limit = 3,
            Hash = 0,
        });
        var self = await _client.CallAsync(new ChannelsGetParticipant { Channel = input, Participant = new InputPeerSelf() });

        Assert.That(((ChatParticipants)full.Participants).Participants, Has.Length.EqualTo(chat.ParticipantsCount));
        Assert.That((channel.Pts, channel.ParticipantsCount), Is.EqualTo((1, supergroup.ParticipantsCount)));
        Assert.That((members.Count, members.Participants.Length), Is.EqualTo((supergroup.ParticipantsCount, 3)));
        Assert.That(self.Participant, Is.InstanceOf<ChannelParticipantCreator>());
        Assert.That(await _client.RefusalAsync(new MessagesGetFullChat { ChatId = 1 }), Is.EqualTo("400 CHAT_ID_INVALID"));
    }

    [Test]
    public async Task UpdateUsername_TakesAFreeOneAndRefusesATakenOne()
    {
        await _client.CallAsync(new AccountUpdateUsername { Username = "chief_desk" });

        Assert.That((await _client.CallAsync(new ContactsResolveUsername { Username = "chief_desk" })).Peer, Is.InstanceOf<PeerUser>());
        Assert.That(await _client.RefusalAsync(new AccountUpdateUsername { Username = "operator20002" }), Is.EqualTo("400 USERNAME_OCCUPIED"));
        Assert.That(await _client.RefusalAsync(new AccountUpdateUsername { Username = "chief_desk" }), Is.EqualTo("400 USERNAME_NOT_MODIFIED"));
        Assert.That(await _client.RefusalAsync(new AccountUpdateUsername { Username = "1abc" }), Is.EqualTo("400 USERNAME_INVALID"));
    }

    [Test]
    public async Task GetFile_OfAPictureInAHistory_IsThatPicture()
    {
        var photo = await PhotoAsync(dataCenter: 2);
        var location = new InputPhotoFileLocation { Id = photo.Id, AccessHash = photo.AccessHash, FileReference = photo.FileReference, ThumbSize = "x" };
        var forged = new InputPhotoFileLocation { Id = photo.Id, AccessHash = photo.AccessHash, FileReference = [1], ThumbSize = "x" };

        var file = (UploadFile)await _client.CallAsync(new UploadGetFile { Location = location, Offset = 0, Limit = 4096 });
        var end = (UploadFile)await _client.CallAsync(new UploadGetFile { Location = location, Offset = 4096, Limit = 4096 });

        Assert.That(file.Bytes, Has.Length.EqualTo(((PhotoSize)photo.Sizes[0]).Size));
        Assert.That(file.Bytes.AsSpan(0, 2).ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xD8 }));
        Assert.That(end.Bytes, Is.Empty);
        Assert.That(
            await _client.RefusalAsync(new UploadGetFile { Location = forged, Offset = 0, Limit = 4096 }),
            Is.EqualTo("400 FILE_REFERENCE_INVALID"));
        Assert.That(
            await _client.RefusalAsync(new UploadGetFile { Location = location, Offset = 7, Limit = 4096 }),
            Is.EqualTo("400 OFFSET_INVALID"));
    }

    [Test]
    public async Task GetFile_OfAPictureThatLiesElsewhere_NamesTheDataCenter()
    {
        var photo = await PhotoAsync(dataCenter: 3);
        var location = new InputPhotoFileLocation { Id = photo.Id, AccessHash = photo.AccessHash, FileReference = photo.FileReference, ThumbSize = "x" };

        Assert.That(
            await _client.RefusalAsync(new UploadGetFile { Location = location, Offset = 0, Limit = 4096 }), Is.EqualTo("303 FILE_MIGRATE_3"));
    }

    private async Task<Photo> PhotoAsync(int dataCenter)
    {
        var all = (MessagesDialogs)await _client.CallAsync(Requests.Dialogs());
        foreach (var user in all.Users.OfType<User>().Where(user => !user.Self))
        {
            var history = await _client.CallAsync(Requests.History(WorldClient.Peer(user)));
            var messages = history is MessagesMessages whole ? whole.Messages : [];
            var photos = messages.OfType<Message>().Select(message => (message.Media as MessageMediaPhoto)?.Photo).OfType<Photo>();
            if (photos.FirstOrDefault(photo => photo.DcId == dataCenter) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException("Nobody has sent a picture.");
    }
}
