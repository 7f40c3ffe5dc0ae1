using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Agency;
using ProPartHub.Domain.Knowledge;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Knowledge;

/// <summary>The sections of the knowledge base in their order, live: added, renamed, moved, removed when empty.</summary>
public sealed partial class SectionsPage : ActingComponent
{
    private IReadOnlyList<SectionItem>? _sections;
    private SectionItem? _editing;
    private string? _name;
    private string? _added;
    private Guid _new = Guid.CreateVersion7();

    [Inject]
    private KnowledgeSections Parts { get; set; } = null!;

    /// <inheritdoc/>
    protected override IReadOnlyList<AgencyTopic> Topics => [AgencyTopic.Knowledge];

    /// <inheritdoc/>
    protected override async Task ReadAsync() => _sections = await Parts.ListAsync(Who!, Life);

    private void Edit(SectionItem? section)
    {
        Hush();
        (_editing, _name) = (section, section?.Name);
    }

    private async Task AddAsync()
    {
        var isDone = await ActAsync(async () =>
        {
            await Parts.SaveAsync(Who!, _new, null, _added, CancellationToken.None);
            return null;
        });
        if (isDone)
        {
            (_added, _new) = (null, Guid.CreateVersion7());
            await RefreshAsync();
        }
    }

    private async Task RenameAsync()
    {
        var (section, isStored) = (_editing!, false);
        var isDone = await ActAsync(async () =>
        {
            isStored = await Parts.SaveAsync(Who!, section.Id, section.Name, _name, CancellationToken.None);
            return isStored ? null : SayKept();
        });
        if (!isDone)
        {
            return;
        }

        await RefreshAsync();
        // Over what is there by now, where somebody was faster: what is typed would come in its place.
        _editing = isStored ? null : _sections?.FirstOrDefault(one => one.Id == section.Id);
    }

    private async Task MoveAsync(SectionItem section, int by)
    {
        await ActAsync(async () =>
        {
            await Parts.MoveAsync(Who!, section.Id, by, CancellationToken.None);
            return null;
        });
        await RefreshAsync();
    }

    private async Task RemoveAsync(SectionItem section)
    {
        await ActAsync(async () =>
            await Parts.RemoveAsync(Who!, section.Id, CancellationToken.None)
                ? T["Section_Removed", section.Name]
                : T["Section_Full", section.Name]
        );
        await RefreshAsync();
    }
}
