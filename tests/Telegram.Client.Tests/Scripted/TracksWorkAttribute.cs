using NUnit.Framework.Interfaces;
using Testing;

namespace Telegram.Client.Tests.Scripted;

/// <summary>Each test of the fixture runs under a <see cref="TrackedWork"/> of its own.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class TracksWorkAttribute : Attribute, ITestAction
{
    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test) => SynchronizationContext.SetSynchronizationContext(new TrackedWork());

    public void AfterTest(ITest test) => SynchronizationContext.SetSynchronizationContext(null);
}
