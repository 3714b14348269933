using System.Globalization;
using System.Reflection;

namespace Crm.Infrastructure.Persistence;

/// <summary>One step of a schema's history.</summary>
internal sealed record MigrationScript(int Version, string Name, string Sql)
{
    /// <summary>The scripts embedded in <c>Migrations</c> beside a migrator, oldest first.</summary>
    public static List<MigrationScript> Load(Type migrator)
    {
        var folder = $"{migrator.Namespace}.Migrations.";
        var assembly = migrator.Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Select(name => Load(assembly, name, name[folder.Length..^".sql".Length]))
                .OrderBy(script => script.Version),
        ];
    }

    private static MigrationScript Load(Assembly assembly, string resource, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var version = int.Parse(name.AsSpan(0, name.IndexOf('_')), CultureInfo.InvariantCulture);
        return new MigrationScript(version, name, reader.ReadToEnd());
    }
}
