using Telegram.Mtproto.Session.Server;

namespace Telegram.Mtproto.Tests.Session.Server;

[TestFixture]
internal sealed class RequestOrderTests
{
    [TestCase(40, 9, RequestOrder.InOrder)]
    [TestCase(40, 5, RequestOrder.TooLow)]
    [TestCase(40, 3, RequestOrder.TooLow)]
    [TestCase(20, 3, RequestOrder.InOrder)]
    [TestCase(20, 5, RequestOrder.TooHigh)]
    [TestCase(20, 1, RequestOrder.TooLow)]
    [TestCase(4, 1, RequestOrder.TooHigh)]
    public void Check_WhenTwoRequestsAreKnown_ComparesWithItsNeighbours(long messageId, int sequenceNumber, int expected)
    {
        var order = new RequestOrder();
        order.Add(30, 5);
        order.Add(10, 1);
        Assert.That(order.Check(messageId, sequenceNumber), Is.EqualTo(expected));
    }

    [Test]
    public void Check_WhenTheOldAreForgotten_LetsThemBe()
    {
        var order = new RequestOrder();
        for (var i = 1; i <= 200; i++)
        {
            Assert.That(order.Check(i * 4, (i * 2) - 1), Is.EqualTo(RequestOrder.InOrder));
            order.Add(i * 4, (i * 2) - 1);
        }

        Assert.That(order.Check(2, 1), Is.EqualTo(RequestOrder.InOrder));
    }
}
