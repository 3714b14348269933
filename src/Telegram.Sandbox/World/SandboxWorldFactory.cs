using System.Buffers.Binary;
using Telegram.Mtproto;
using Telegram.Sandbox.Handlers;

namespace Telegram.Sandbox.World;

/// <summary>Puts the world together.</summary>
internal static class SandboxWorldFactory
{
    public const string JournalName = "world.jsonl";

    /// <summary>Opens the world kept in the sandbox's directory, or makes one there.</summary>
    /// <exception cref="JournalException">The stored world is damaged or was made with other settings.</exception>
    public static ISandboxWorld Create(SandboxServices services)
    {
        var options = services.Options;
        var engine = new WorldEngine(
            Path.Combine(services.Directory, JournalName),
            WorldSize.Of(options.Operators, options.DialogsPerOperator, options.MessagesPerDialog),
            services.Time,
            () => Secret(services.Random));
        engine.Listener = new UpdateFeed(engine, services.Updates);
        var answering = new Answering(engine, services.Time, options.ReplyDelay, options.ReplyDelayMax, services.Loggers.CreateLogger<Answering>());
        var messenger = new Messenger(engine, answering);
        var desk = new SignInDesk(engine, services.Random);
        return new SandboxWorld(
            engine,
            answering,
            new PeopleControl(engine, messenger, services.Time),
            [
                new CodesModule(desk),
                new SignInModule(engine, desk, services.Authorizations),
                new PasswordModule(engine, desk, services.Authorizations, new PasswordChallenges(engine, services.Random), services.Random),
                new SessionsModule(services.Authorizations),
                new ProfileModule(engine),
                new AccountModule(),
                new UsersModule(engine),
                new ContactsModule(engine),
                new ResolveModule(engine),
                new DialogsModule(engine),
                new HistoryModule(engine),
                new SendModule(engine, messenger),
                new ChangeModule(engine, messenger, services.Updates),
                new UpdatesModule(engine),
                new ChannelDifferenceModule(engine),
                new GroupsModule(engine),
                new ChannelsModule(engine, messenger),
                new ParticipantsModule(engine),
                new FilesModule(engine),
                new LeftoversModule(),
            ]);
    }

    private static long Secret(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
