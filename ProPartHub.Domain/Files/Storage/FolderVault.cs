using System.Runtime.CompilerServices;

namespace ProPartHub.Domain.Files.Storage;

/// <summary>
/// Objects as files of a folder that nothing serves. The last two letters of a name are a folder of their own, so that none
/// holds very many files.
/// </summary>
internal sealed class FolderVault(HubFileOptions options) : IFileVault
{
    private const int BufferSize = 128 * 1024;

    // Never the name of an object's folder, which has two letters.
    private const string Drafts = "drafts";

    /// <inheritdoc/>
    public bool IsReady => !string.IsNullOrWhiteSpace(options.Folder);

    private string Root => options.Folder ?? throw new InvalidOperationException("No folder is set for files.");

    /// <inheritdoc/>
    public FileStream NewDraft() => DraftFile.In(Directory.CreateDirectory(Path.Combine(Root, Drafts)).FullName);

    /// <inheritdoc/>
    public async Task PutAsync(string name, FileStream draft, CancellationToken cancellationToken)
    {
        var target = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var partial = $"{target}.{Guid.NewGuid():N}";
        try
        {
            draft.Position = 0;
            await using (var copy = DraftFile.Create(partial, FileOptions.Asynchronous))
            {
                await draft.CopyToAsync(copy, BufferSize, cancellationToken);
                copy.Flush(flushToDisk: true);
            }

            File.Move(partial, target, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(string name, long from, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(
                PathOf(name),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                BufferSize,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            );
            file.Position = from;
            return Task.FromResult<Stream>(file);
        }
        catch (DirectoryNotFoundException fault)
        {
            throw new FileNotFoundException($"There is no object {name}.", fault);
        }
    }

    /// <inheritdoc/>
    public Task<bool> HasAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(PathOf(name)));

    /// <inheritdoc/>
    public Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        if (Directory.Exists(Path.GetDirectoryName(PathOf(name))))
        {
            File.Delete(PathOf(name));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<VaultObject> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var root = new DirectoryInfo(Root);
        if (!root.Exists)
        {
            yield break;
        }

        foreach (var shelf in root.EnumerateDirectories("??"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            foreach (var file in shelf.EnumerateFiles())
            {
                yield return new(file.Name, file.Length, file.LastWriteTimeUtc);
            }
        }
    }

    // A name is made by the portal; should one ever come from elsewhere, it still cannot leave the folder.
    private string PathOf(string name) => Path.Combine(Root, name[^2..], Path.GetFileName(name));
}
