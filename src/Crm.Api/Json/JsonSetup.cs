using Crm.Api.Problems;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Crm.Api.Json;

/// <summary>Controllers that read and write JSON the way this API does.</summary>
internal static class JsonSetup
{
    public static IServiceCollection AddJsonControllers(this IServiceCollection services)
    {
        services.AddControllers(options =>
            {
                options.InputFormatters.Clear();
                options.InputFormatters.Add(new JsonBodyFormatter());
                options.OutputFormatters.RemoveType<StringOutputFormatter>();
                TakeNoForms(options);
                var types = options.OutputFormatters.OfType<SystemTextJsonOutputFormatter>().Single().SupportedMediaTypes;
                types.Clear();
                types.Add(JsonBodyFormatter.MediaType);
                // Presence and types are checked while reading, all else by the application's validators.
                options.ModelValidatorProviders.Clear();
            })
            .ConfigureApiBehaviorOptions(options =>
            {
                options.InvalidModelStateResponseFactory = InvalidModelProblems.Create;
                options.SuppressMapClientErrors = true;
            })
            .AddJsonOptions(options => ApiJson.Configure(options.JsonSerializerOptions));

        // The OpenAPI document takes its names from here.
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        return services;
    }

    /// <summary>Nothing here is a form, and whoever sends one must find no parser that breaks on it and tells what was in it.</summary>
    private static void TakeNoForms(MvcOptions options)
    {
        options.ValueProviderFactories.Clear();
        options.ValueProviderFactories.Add(new RouteValueProviderFactory());
        options.ValueProviderFactories.Add(new QueryStringValueProviderFactory());
    }
}
