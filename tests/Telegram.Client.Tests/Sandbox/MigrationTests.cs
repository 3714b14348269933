using Telegram.Tl.Functions;
using Telegram.Tl.Types;

namespace Telegram.Client.Tests.Sandbox;

/// <summary>Accounts and files that live on another data centre than the one asked.</summary>
public sealed class MigrationTests : SandboxFixture
{
    [TestCase("9996610001", 1)]
    [TestCase("9996630001", 3)]
    public async Task SignIn_OfAPhoneThatLivesElsewhere_MovesThere(string phone, int home)
    {
        await using var client = await SignInAsync(phone);
        var listener = await UpdateListener.StartAsync(client, Customer.Id);
        await WriteAsync(phone, "Are you there?");
        await listener.UntilAsync(1);

        Assert.That((client.Session.DataCenterId, client.Session.IsSignedIn), Is.EqualTo((home, true)));
        listener.AssertEqualsTruth(Control, phone);
    }

    [Test]
    public async Task Call_OnADataCenterTheUserDoesNotLiveOn_MovesTheAccountHome()
    {
        var phone = NextPhone();
        TelegramSession abroad;
        await using (var client = await SignInAsync(phone))
        {
            await DownloadAsync(client, elsewhere: 1);
            abroad = client.Session.WithDataCenter(1);
        }

        await using var moved = Open(abroad);
        var self = await moved.GetSelfAsync();

        Assert.That(self?.Phone, Is.EqualTo(phone));
        Assert.That(moved.Session.DataCenterId, Is.EqualTo(2));
    }

    [Test]
    public async Task Download_OfFilesOfOtherDataCenters_CarriesTheAuthorizationOverOnceEach()
    {
        await using var client = await SignInAsync(NextPhone());
        var exported = Control.Stats().Rpcs.GetValueOrDefault("auth.exportAuthorization");

        foreach (var dataCenter in new[] { 1, 3, 1, 3 })
        {
            Assert.That(await DownloadAsync(client, dataCenter), Does.StartWith("FFD8FF"), "a JPEG");
        }

        Assert.That(Control.Stats().Rpcs["auth.exportAuthorization"] - exported, Is.EqualTo(2));
        Assert.That((client.Session.HasKey(1), client.Session.HasKey(3)), Is.EqualTo((true, true)));
        Assert.That(client.Session.DataCenterId, Is.EqualTo(2));
    }

    /// <summary>Downloads a picture that lies on that data centre, and tells how it begins.</summary>
    private static async Task<string> DownloadAsync(TelegramClient client, int elsewhere)
    {
        var photo = await FindPhotoAsync(client, elsewhere);
        var part = await client.InvokeAsync(new UploadGetFile
        {
            Location = new InputPhotoFileLocation
            {
                Id = photo.Id,
                AccessHash = photo.AccessHash,
                FileReference = photo.FileReference,
                ThumbSize = "x",
            },
            Offset = 0,
            Limit = 1024 * 1024,
        });
        return Convert.ToHexString(((UploadFile)part).Bytes);
    }

    private static async Task<Photo> FindPhotoAsync(TelegramClient client, int dataCenter)
    {
        var dialogs = (MessagesDialogs)await client.InvokeAsync(
            new MessagesGetDialogs { OffsetDate = 0, OffsetId = 0, OffsetPeer = new InputPeerEmpty(), Limit = 100, Hash = 0 });
        foreach (var user in dialogs.Users.OfType<User>().Where(user => !user.Self))
        {
            var peer = new InputPeerUser { UserId = user.Id, AccessHash = user.AccessHash!.Value };
            var history = (MessagesMessages)await client.InvokeAsync(new MessagesGetHistory
            {
                Peer = peer,
                OffsetId = 0,
                OffsetDate = 0,
                AddOffset = 0,
                Limit = 100,
                MaxId = 0,
                MinId = 0,
                Hash = 0,
            });
            var photos = history.Messages.OfType<Message>().Select(one => (one.Media as MessageMediaPhoto)?.Photo).OfType<Photo>();
            if (photos.FirstOrDefault(photo => photo.DcId == dataCenter) is { } found)
            {
                return found;
            }
        }

        throw new InvalidOperationException($"No picture lies on data centre {dataCenter}.");
    }
}
