using System.Globalization;
using Crm.Api.Commands;
using Crm.Api.Hosting;

// What is written and compared depends on no culture, whatever the machine's is.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

return CommandLine.IsCommand(args) ? await CommandLine.RunAsync(args) : await ApiHost.RunAsync(args);
