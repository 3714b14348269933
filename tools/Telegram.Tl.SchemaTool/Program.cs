using Telegram.Tl.SchemaTool;

const string Usage = "Usage: --package <directory of the unpacked npm package @mtcute/tl> --out <directory for the .tl files>";

if (args is not ["--package", var package, "--out", var output])
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

try
{
    var schema = SchemaPackage.Read(package);
    Directory.CreateDirectory(output);
    await File.WriteAllTextAsync(Path.Combine(output, "api.tl"), SchemaFile.Render(schema.Layer, schema.Api));
    await File.WriteAllTextAsync(Path.Combine(output, "mtproto.tl"), SchemaFile.Render(0, schema.Mtproto));

    Console.WriteLine($"Layer {schema.Layer}: {schema.Api.Count} combinators of the API, {schema.Mtproto.Count} of MTProto.");
    foreach (var declaration in SchemaCheck.FindUnexplainedNumbers([.. schema.Api, .. schema.Mtproto]))
    {
        Console.WriteLine($"The number is not the CRC32 of the declaration (renamed by the package?): {declaration}");
    }

    return 0;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or System.Text.Json.JsonException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
