using Telegram.Sandbox.Faults;
using Telegram.Sandbox.Rpc;

namespace Telegram.Sandbox.Tests.Faults;

[TestFixture]
public sealed class MethodFaultsTests
{
    private const string Send = "messages.sendMessage";

    private readonly MethodFault _lose = new(Error: null);
    private readonly MethodFault _fail = new(new RpcErrorException(500, "X"));

    [Test]
    public void Take_AfterSeveralAdds_ComesInOrderAndAsOftenAsAsked()
    {
        var faults = new MethodFaults();
        faults.Add(Send, _lose, 2);
        faults.Add(Send, _fail, 1);

        Assert.That(Enumerable.Range(0, 4).Select(_ => faults.Take(Send)), Is.EqualTo(new[] { _lose, _lose, _fail, null }));
    }

    [Test]
    public void Take_WhenSomeCallsPassFirst_StrikesThoseAfterThem()
    {
        var faults = new MethodFaults();
        faults.Add(Send, _lose, 2, after: 3);
        faults.Add(Send, _fail, 1, after: 1);

        Assert.That(Enumerable.Range(0, 8).Select(_ => faults.Take(Send)), Is.EqualTo(new[] { null, null, null, _lose, _lose, null, _fail, null }));
    }

    [TestCase("users.getUsers")]
    [TestCase("messages.deleteMessages")]
    public void Add_OfAMethodWithAnArgumentCalledId_IsTaken(string method)
    {
        var faults = new MethodFaults();
        faults.Add(method, _fail, 1);

        Assert.That(faults.Take(method), Is.SameAs(_fail));
    }

    [Test]
    public void Take_OfAnotherMethod_TakesOnlyWhatIsForAll()
    {
        var faults = new MethodFaults();
        faults.Add(Send, _lose, 1);
        faults.Add(MethodFaults.AnyMethod, _fail, 1);

        Assert.That(faults.Take("help.getConfig"), Is.EqualTo(_fail));
        Assert.That(faults.Take("help.getConfig"), Is.Null);
        Assert.That(faults.Take(Send), Is.EqualTo(_lose));
    }

    [Test]
    public void Clear_WhenFaultsWait_ForgetsThem()
    {
        var faults = new MethodFaults();
        faults.Add(Send, _lose, 5);

        faults.Clear();

        Assert.That(faults.Take(Send), Is.Null);
    }

    [TestCase("messages.sendMesage")]
    [TestCase("user")]
    [TestCase("")]
    public void Add_WhenThereIsNoSuchMethod_Throws(string method) =>
        Assert.That(() => new MethodFaults().Add(method, _lose, 1), Throws.ArgumentException);
}
