using System.Text;
using Telegram.Sandbox.Storage;

namespace Telegram.Sandbox;

/// <summary>What a sandbox on its own says when it is up.</summary>
internal static class Greeting
{
    private const int MaxPhones = 4;

    public static string Of(SandboxServer server, SandboxOptions options)
    {
        var text = new StringBuilder("A local Telegram listens:").AppendLine();
        foreach (var (id, endPoint) in server.DataCenters)
        {
            text.AppendLine($"  data centre {id}   {endPoint}");
        }

        foreach (var link in server.Proxy?.Links() ?? [])
        {
            text.AppendLine($"  MTProxy         {link}");
        }

        var key = Path.GetFullPath(Path.Combine(options.DataDirectory, "sandbox", RsaKeyFile.PublicName));
        var phones = server.Control.People().Where(person => person.Operator).Select(person => person.Phone).ToList();
        text.AppendLine($"  control port    {server.ControlUrl}")
            .AppendLine($"  public key      {key}")
            .AppendLine("Sign in with:")
            .AppendLine($"  phones          {string.Join(", ", phones.Take(MaxPhones))}{(phones.Count > MaxPhones ? $", … ({phones.Count} in all)" : "")}")
            .AppendLine("  code            the data centre's digit, the sixth of the phone, five times: 22222 for 99966 2 0001")
            .AppendLine("  cloud password  sandbox for 9996620002, none for 9996620001")
            .Append("  api_id          any number above 0, with any api_hash of 32 hex digits");
        return text.ToString();
    }
}
