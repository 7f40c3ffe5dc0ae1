using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Backups;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Backups;

/// <summary>
/// How backups stand, for admins. Nothing can be taken away or deleted here: a backup is everybody's data in one file, and
/// whoever takes over an admin's browser must be able neither to carry it off nor to destroy it.
/// </summary>
public sealed partial class BackupsPage : ActingComponent
{
    private BackupOverview? _overview;

    [Inject]
    private BackupDesk Desk { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Backups];

    /// <inheritdoc/>
    protected override async Task ReadAsync() => _overview = await Desk.ReadAsync(Who!, Life);

    private Task BackUpAsync() => AskAsync(() => Desk.AskForBackupAsync(Who!, CancellationToken.None), "Asked_Backup");

    private Task VerifyAsync(string name) =>
        AskAsync(() => Desk.AskForVerificationAsync(Who!, name, CancellationToken.None), "Asked_Verification");

    private async Task AskAsync(Func<Task<bool>> ask, string said)
    {
        if (await ActAsync(async () => T[await ask() ? said : "Asked_Already"].Value))
        {
            await RefreshAsync();
        }
    }
}
