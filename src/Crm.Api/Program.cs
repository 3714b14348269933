using Crm.Api.Commands;
using Crm.Api.Hosting;

return CommandLine.IsCommand(args) ? await CommandLine.RunAsync(args) : await ApiHost.RunAsync(args);
