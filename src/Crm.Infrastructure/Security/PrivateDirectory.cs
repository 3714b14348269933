namespace Crm.Infrastructure.Security;

/// <summary>Directories for secrets and customers' messages.</summary>
public static class PrivateDirectory
{
    /// <summary>Creates a directory only its owner may enter; one that exists stays as its owner has made it.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
