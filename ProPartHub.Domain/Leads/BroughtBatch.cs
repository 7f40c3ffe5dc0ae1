using ProPartHub.Domain.Data;
using ProPartHub.Domain.People;
using ProPartHub.Domain.Timeline;

namespace ProPartHub.Domain.Leads;

/// <summary>
/// What the leads that one batch of a file makes have in common, read once; and those made so far, which are stored and marked for
/// HubSpot together: a command for each would be most of what an import takes.
/// </summary>
/// <param name="db">The import's transaction.</param>
/// <param name="recorder">Writes down what the import does.</param>
/// <param name="holders">The open leads that have the batch's phones.</param>
/// <param name="agents">The active people whom the batch names.</param>
/// <param name="stages">The stages that it names.</param>
/// <param name="firstStage">The stage of whatever names none.</param>
internal sealed class BroughtBatch(
    HubDbContext db,
    LeadRecorder recorder,
    PhoneHolders holders,
    IReadOnlyDictionary<Guid, HubUser> agents,
    IReadOnlyDictionary<Guid, Stage> stages,
    Stage firstStage
)
{
    private readonly List<Guid> _waiting = [];

    public HubDbContext Db => db;

    public LeadRecorder Recorder => recorder;

    public PhoneHolders Holders => holders;

    public IReadOnlyDictionary<Guid, HubUser> Agents => agents;

    public IReadOnlyDictionary<Guid, Stage> Stages => stages;

    public Stage FirstStage => firstStage;

    /// <summary>Takes a new lead in.</summary>
    public void Add(Lead lead)
    {
        recorder.Create(db, lead);
        holders.Add(lead);
        _waiting.Add(lead.Id);
    }

    /// <summary>Stores what was taken in since the last time; nothing where that is nothing.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        await AddedRows.CopyAsync<Lead>(db, cancellationToken);
        await AddedRows.CopyAsync<LeadEvent>(db, cancellationToken);
        await recorder.MarkLeadsForHubSpotAsync(db, _waiting, cancellationToken);
        _waiting.Clear();
    }
}
