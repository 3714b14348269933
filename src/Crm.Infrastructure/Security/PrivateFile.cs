namespace Crm.Infrastructure.Security;

/// <summary>Files with secrets and customers' messages: readable and writable by their owner alone.</summary>
public static class PrivateFile
{
    /// <summary>Creates a file; one that exists is refused.</summary>
    public static FileStream Create(string path) => Open(path, FileMode.CreateNew);

    /// <summary>Opens a file, which is created where there is none; one that exists stays as its owner has made it.</summary>
    public static FileStream OpenOrCreate(string path) => Open(path, FileMode.OpenOrCreate);

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
