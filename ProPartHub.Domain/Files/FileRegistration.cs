using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProPartHub.Domain.Files.Pictures;
using ProPartHub.Domain.Files.Storage;

namespace ProPartHub.Domain.Files;

/// <summary>Registers the store of files.</summary>
public static class FileRegistration
{
    /// <summary>Adds the store, with its place as <see cref="HubFileOptions"/> names it.</summary>
    internal static IServiceCollection AddHubFiles(this IServiceCollection services)
    {
        services.AddOptions<HubFileOptions>();
        services.TryAddSingleton<IFileVault>(provider =>
            provider.GetRequiredService<IOptions<HubFileOptions>>().Value is var options && options.Bucket.IsSet
                ? new BucketVault(options.Bucket)
                : new FolderVault(options)
        );
        services.TryAddSingleton<FileStore>();
        services.TryAddSingleton<FileSweep>();
        services.TryAddSingleton<FormerFiles>();
        services.TryAddSingleton<PictureWorkshop>();
        return services;
    }
}
