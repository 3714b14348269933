using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Telegram.Client;

/// <summary>Work that outlives the call that happened to set it going.</summary>
internal static class BackgroundWork
{
    /// <summary>Lets others go on, and leaves the trace of whoever set it going: what follows is no part of their call.</summary>
    public static YieldAwaitable BeginAsync()
    {
        Activity.Current = null;
        return Task.Yield();
    }
}
