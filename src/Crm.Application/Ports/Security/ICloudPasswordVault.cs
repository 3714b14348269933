namespace Crm.Application.Ports.Security;

/// <summary>Telegram cloud passwords, in memory only and only until sign-in ends or a while has passed.</summary>
public interface ICloudPasswordVault
{
    void Put(long connectionId, string cloudPassword);

    string? Find(long connectionId);

    void Erase(long connectionId);
}
