using Telegram.Tl.Mtproto;

namespace Telegram.Tl.Tests.Schema;

/// <summary>Containers and results: their bodies are kept as bytes.</summary>
[TestFixture]
public sealed class MtprotoTests
{
    [Test]
    public void MsgContainer_WhenWritten_IsABareVectorOfBareMessages()
    {
        var container = new MsgContainer
        {
            Messages =
            [
                new Message { MsgId = 1, Seqno = 2, Body = TlSerializer.ToBytes(new Ping { PingId = 3 }) },
                new Message { MsgId = 4, Seqno = 5, Body = [] },
            ],
        };

        var bytes = TlSerializer.ToBytes(container);

        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo(
            "dcf8f173" + "02000000" +
            "0100000000000000" + "02000000" + "0c000000" + "ec77be7a" + "0300000000000000" +
            "0400000000000000" + "05000000" + "00000000"));
        Assert.That(TlSerializer.ToBytes(Combinators.Read(isFunction: false, bytes)), Is.EqualTo(bytes));
    }

    [TestCase(-4)]
    [TestCase(2)]
    [TestCase(8)]
    public void Message_WhenItsLengthIsWrong_Throws(int length)
    {
        var bytes = Wire.Write((ref TlWriter writer) =>
        {
            writer.WriteInt64(1);
            writer.WriteInt32(1);
            writer.WriteInt32(length);
            writer.WriteInt32(0);
        });

        Assert.That(() => Wire.Read(bytes, (ref TlReader reader) => Message.ReadFields(ref reader)), Throws.TypeOf<TlException>());
    }

    [Test]
    public void Message_WhenItsBodyIsNoWholeValue_Refuses() =>
        Assert.That(
            () => TlSerializer.ToBytes(new MsgCopy { OrigMessage = new Message { MsgId = 1, Seqno = 1, Body = new byte[5] } }),
            Throws.InvalidOperationException);

    [Test]
    public void RpcResult_WhenRead_KeepsTheAnswerAsBytes()
    {
        var answer = TlSerializer.ResultToBytes(new Functions.MessagesReceivedQueue { MaxQts = 0 }, [1, 2]);
        var bytes = TlSerializer.ToBytes(new RpcResult { ReqMsgId = 9, Result = answer });

        var result = Wire.Read(bytes, (ref TlReader reader) => RpcResult.Read(ref reader));

        Assert.That((result.ReqMsgId, result.Result), Is.EqualTo((9L, answer)));
    }

    [Test]
    public void FutureSalts_WhenWritten_HasABareVector()
    {
        var salts = new FutureSalts { ReqMsgId = 1, Now = 2, Salts = [new FutureSalt { ValidSince = 3, ValidUntil = 4, Salt = 5 }] };

        Assert.That(Convert.ToHexStringLower(TlSerializer.ToBytes(salts)), Is.EqualTo(
            "950850ae" + "0100000000000000" + "02000000" + "01000000" + "03000000" + "04000000" + "0500000000000000"));
    }

    /// <summary>The request and answer of core.telegram.org/mtproto/samples-auth_key.</summary>
    [Test]
    public void ResPQ_WhenBytesAreThePublishedSample_ReadsItsFields()
    {
        var bytes = Convert.FromHexString(
            "632416053e0549828cca27e966b301a48fece2fca5cf4d33f4a11ea877ba4aa5739073300817ed48941a08f98100000015c4b51c01000000216be86c022bb4c3");

        var answer = Wire.Read(bytes, (ref TlReader reader) => ResPQ.Read(ref reader));

        Assert.Multiple(() =>
        {
            Assert.That(Convert.ToHexString(answer.Nonce.ToArray()), Is.EqualTo("3E0549828CCA27E966B301A48FECE2FC"));
            Assert.That(Convert.ToHexString(answer.ServerNonce.ToArray()), Is.EqualTo("A5CF4D33F4A11EA877BA4AA573907330"));
            Assert.That(answer.Pq, Is.EqualTo(Convert.FromHexString("17ED48941A08F981")));
            Assert.That(answer.ServerPublicKeyFingerprints, Is.EqualTo(new[] { unchecked((long)0xc3b42b026ce86b21) }));
            Assert.That(TlSerializer.ToBytes(answer), Is.EqualTo(bytes));
        });
    }
}
