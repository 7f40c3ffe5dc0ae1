using ProPartHub.Domain.Catalogue.Sharing;
using ProPartHub.Domain.Data.Server;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Knowledge;

namespace ProPartHub.Web.Hosting;

internal static class FileHosting
{
    /// <summary>The sweeps of stored files, of documents, of pictures of articles and of visits of shared links, and in Development a folder of the user's data to keep them in.</summary>
    public static void AddHubFiles(this WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FileSweep>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<FormerFiles>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DocumentSweep>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<ArticlePictureSweep>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SharedVisitSweep>());
        builder
            .Services.AddOptions<HubFileOptions>()
            .BindConfiguration(HubFileOptions.Section)
            .Validate(
                options =>
                    string.IsNullOrEmpty(options.Bucket.AccessKey) == string.IsNullOrEmpty(options.Bucket.SecretKey),
                "Files:Bucket needs both AccessKey and SecretKey, or neither."
            )
            .ValidateOnStart();
        builder.Services.PostConfigure<HubFileOptions>(options =>
            options.FormerFolder ??= builder.Configuration["Verification:DocumentsFolder"]
        );
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.PostConfigure<HubFileOptions>(options =>
            {
                options.Folder ??= PrivatePostgresOptions.DefaultFolder("files");
                options.FormerFolder ??= PrivatePostgresOptions.DefaultFolder("documents");
            });
        }
    }
}
