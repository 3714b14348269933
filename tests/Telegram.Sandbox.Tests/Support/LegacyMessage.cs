using System.Security.Cryptography;
using Telegram.Mtproto.Crypto;

namespace Telegram.Sandbox.Tests.Support;

/// <summary>MTProto 1.0's encryption, which <c>auth.bindTempAuthKey</c> still wants, out of the framework's parts.</summary>
internal static class LegacyMessage
{
    public static byte[] Encrypt(AuthKey key, long messageId, byte[] body)
    {
        byte[] plain =
        [
            .. RandomNumberGenerator.GetBytes(16), .. BitConverter.GetBytes(messageId), .. BitConverter.GetBytes(0), .. BitConverter.GetBytes(body.Length), .. body,
        ];
#pragma warning disable CA5350 // The protocol wants SHA-1 here.
        var messageKey = SHA1.HashData(plain)[4..];
        var secret = key.Bytes.ToArray();
        var a = SHA1.HashData([.. messageKey, .. secret[..32]]);
        var b = SHA1.HashData([.. secret[32..48], .. messageKey, .. secret[48..64]]);
        var c = SHA1.HashData([.. secret[64..96], .. messageKey]);
        var d = SHA1.HashData([.. messageKey, .. secret[96..128]]);
#pragma warning restore CA5350
        byte[] aesKey = [.. a[..8], .. b[8..20], .. c[4..16]];
        byte[] iv = [.. a[8..20], .. b[..8], .. c[16..20], .. d[..8]];
        byte[] padded = [.. plain, .. RandomNumberGenerator.GetBytes((16 - (plain.Length % 16)) % 16)];
        return [.. BitConverter.GetBytes(key.Id), .. messageKey, .. EncryptIge(aesKey, iv, padded)];
    }

    private static byte[] EncryptIge(byte[] key, byte[] iv, byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        var previousCipher = iv[..16];
        var previousPlain = iv[16..];
        var result = new byte[plain.Length];
        for (var at = 0; at < plain.Length; at += 16)
        {
            var block = plain[at..(at + 16)];
            var cipher = Xor(aes.EncryptEcb(Xor(block, previousCipher), PaddingMode.None), previousPlain);
            cipher.CopyTo(result, at);
            (previousCipher, previousPlain) = (cipher, block);
        }

        return result;
    }

    private static byte[] Xor(byte[] left, byte[] right) => [.. left.Zip(right, (x, y) => (byte)(x ^ y))];
}
