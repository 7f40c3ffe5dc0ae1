using Microsoft.AspNetCore.Components;
using ProPartHub.Domain.Documents;
using ProPartHub.Domain.Errors;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Documents;

/// <summary>The documents of a person: everybody's own, the team's for its manager, all for admins.</summary>
public sealed partial class DocumentsPage : ActingComponent
{
    private DocumentOwner? _owner;
    private string? _name;
    private bool _isOwn = true;
    private bool _isMissing;

    /// <summary>The person; null for one's own.</summary>
    [Parameter]
    public Guid? PersonId { get; set; }

    [Inject]
    private DocumentQueries Queries { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task ReadAsync()
    {
        var person = PersonId ?? Who!.UserId;
        try
        {
            _name = await Queries.PersonNameAsync(Who!, person, Life);
            (_owner, _isOwn, _isMissing) = (new(DocumentOwnerKind.Person, person), person == Who!.UserId, false);
        }
        catch (NotFoundException)
        {
            (_owner, _isMissing) = (null, true);
        }
    }
}
