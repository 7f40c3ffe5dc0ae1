using ProPartHub.Domain.Files.Storage;

namespace ProPartHub.Domain.Backups;

/// <summary>Where stored objects of a backup are restored to.</summary>
/// <param name="Vault">Takes them.</param>
internal sealed record ObjectPlace(IFileVault Vault)
{
    /// <exception cref="BackupException">The backup has objects for which there is no place.</exception>
    public void RefuseIfLacking(BackupContents contents)
    {
        if (contents.Objects.Count > 0 && !Vault.IsReady)
        {
            throw new BackupException(
                "The backup has stored files and no place is set for them: name it with --files."
            );
        }
    }

    /// <summary>Puts every object of a backup there, each whole or not at all.</summary>
    public async Task PutAsync(BackupContents contents, BackupReport report, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var each in contents.Objects)
        {
            await using var content = File.OpenRead(Path.Combine(contents.Path, each.Path));
            await using var draft = Vault.NewDraft();
            await content.CopyToAsync(draft, cancellationToken);
            await Vault.PutAsync(Path.GetFileName(each.Path), draft, cancellationToken);
            await report(new(BackupStep.Files, ++done, contents.Objects.Count));
        }
    }
}
