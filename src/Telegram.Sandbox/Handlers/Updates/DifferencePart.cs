using Telegram.Sandbox.World;
using Telegram.Tl.Types;

namespace Telegram.Sandbox.Handlers;

/// <summary>Events in the two heaps a difference carries them in: new messages, and everything else.</summary>
internal sealed record DifferencePart(IMessage[] Messages, IUpdate[] Others)
{
    public static DifferencePart Of(WorldState state, TlComposer composer, long viewer, MessageBox box, List<BoxEvent> events)
    {
        var messages = new List<IMessage>();
        var others = new List<IUpdate>();
        foreach (var happened in events)
        {
            if (happened is MessageAdded added)
            {
                if (TlEvents.Message(state, viewer, box, added.Id) is { } view)
                {
                    messages.Add(composer.Message(view));
                }
            }
            else if (TlEvents.Update(state, composer, viewer, box, happened) is { } update)
            {
                others.Add(update);
            }
        }

        return new DifferencePart([.. messages], [.. others]);
    }
}
