using ProPartHub.Domain.Files.Storage;

namespace ProPartHub.Domain.Backups;

/// <summary>Where stored objects of a backup are restored to.</summary>
/// <param name="Vault">Takes those of the vault.</param>
/// <param name="Documents">Folder of documents; null where there is none.</param>
internal sealed record ObjectPlace(IFileVault Vault, string? Documents)
{
    /// <exception cref="BackupException">The backup has objects for which there is no place.</exception>
    public void RefuseIfLacking(BackupContents contents)
    {
        if (contents.Objects.Any(IsOfVault) && !Vault.IsReady)
        {
            throw new BackupException(
                "The backup has stored files and no place is set for them: name it with --files."
            );
        }

        if (contents.Objects.Any(each => !IsOfVault(each)) && string.IsNullOrWhiteSpace(Documents))
        {
            throw new BackupException(
                "The backup has documents and no folder is set for them: name it with --documents."
            );
        }
    }

    /// <summary>Puts every object of a backup there, each whole or not at all.</summary>
    public async Task PutAsync(BackupContents contents, BackupReport report, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var each in contents.Objects)
        {
            var (source, name) = (Path.Combine(contents.Path, each.Path), Path.GetFileName(each.Path));
            await using var content = File.OpenRead(source);
            await (
                IsOfVault(each)
                    ? PutInVaultAsync(name, content, cancellationToken)
                    : PutInFolderAsync(name, content, cancellationToken)
            );
            await report(new(BackupStep.Files, ++done, contents.Objects.Count));
        }
    }

    private async Task PutInVaultAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        await using var draft = Vault.NewDraft();
        await content.CopyToAsync(draft, cancellationToken);
        await Vault.PutAsync(name, draft, cancellationToken);
    }

    private async Task PutInFolderAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var place = Path.Combine(PrivateFile.CreateFolder(Documents!).FullName, name);
        var partial = $"{place}.{Guid.NewGuid():N}";
        await PrivateFile.CopyAsync(content, partial, cancellationToken);
        File.Move(partial, place, overwrite: true);
    }

    private static bool IsOfVault(BackupObject each) =>
        each.Path.StartsWith(BackupObjects.VaultFolder + "/", StringComparison.Ordinal);
}
