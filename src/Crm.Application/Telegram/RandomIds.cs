using System.Security.Cryptography;
using Crm.Application.Ports.Security;

namespace Crm.Application.Telegram;

internal sealed class RandomIds : IRandomIds
{
    public long Next()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        long id;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            id = BitConverter.ToInt64(bytes);
        }
        while (id == 0);

        return id;
    }
}
