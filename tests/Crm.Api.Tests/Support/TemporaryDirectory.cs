namespace Crm.Api.Tests.Support;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crm-api-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
