using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Files.Storage;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Tests.Infrastructure;

namespace ProPartHub.Tests.Files;

/// <summary>The store of files over a database, in a folder or in a bucket.</summary>
internal sealed class FileBed : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hub-files");
    private readonly BucketServer? _bucket;

    private FileBed(HubBed hub, BucketServer? bucket)
    {
        (Hub, _bucket) = (hub, bucket);
        Vault = bucket is null
            ? new FolderVault(new HubFileOptions { Folder = _folder.FullName })
            : new BucketVault(bucket.Options);
        Store = new(hub.Get<HubDatabase>(), Vault, hub.Get<IDataProtectionProvider>(), hub.Time);
        Sweep = new(hub.Get<HubDatabase>(), Vault, hub.Get<WorkLog>(), hub.Time, NullLogger<FileSweep>.Instance);
    }

    public HubBed Hub { get; }

    public IFileVault Vault { get; }

    public FileStore Store { get; }

    public FileSweep Sweep { get; }

    public static async Task<FileBed> CreateAsync(bool inBucket, CancellationToken cancellationToken) =>
        new(await HubBed.CreateAsync(cancellationToken), inBucket ? await BucketServer.StartAsync() : null);

    public static HandedIn Pdf(byte[] content, string name = "План.pdf") =>
        new(name, null, content.Length, () => new MemoryStream(content));

    /// <summary>A content of that length that is told for a PDF.</summary>
    public static byte[] Content(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        "%PDF-1.7"u8.CopyTo(content);
        return content;
    }

    /// <summary>The stored objects, by name.</summary>
    public async Task<List<string>> NamesAsync() =>
        await Vault.AllAsync(CancellationToken.None).Select(item => item.Name).ToListAsync();

    /// <summary>The bytes of an object as they lie there.</summary>
    public async Task<byte[]> ObjectAsync(string name)
    {
        await using var stream = await Vault.OpenAsync(name, 0, CancellationToken.None);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>Puts other bytes in an object's place.</summary>
    public async Task PutAsync(string name, byte[] content)
    {
        await using var draft = Vault.NewDraft();
        await draft.WriteAsync(content);
        await Vault.PutAsync(name, draft, CancellationToken.None);
    }

    public Task<int> RowsAsync() => Hub.ReadAsync(db => db.StoredFiles.CountAsync());

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await (_bucket?.DisposeAsync() ?? ValueTask.CompletedTask);
        (Vault as IDisposable)?.Dispose();
        _folder.Delete(recursive: true);
    }
}
