using Crm.Api.Hosting;

return await ApiHost.RunAsync(args);
