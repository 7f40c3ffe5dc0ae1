using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema.First;
using ProPartHub.HubSpotSandbox.Seed;

namespace ProPartHub.HubSpotSandbox.Control;

/// <summary>A head office at work: every so often somebody moves a deal, edits it, writes a note or takes a new lead.</summary>
public sealed class LivelyScenario(HubSpotAccount account, HeadOffice office) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(account.Options.Seed.Random);
    private CancellationTokenSource? _running;
    private int _newPeople = account.Options.Seed.Contacts;

    public bool IsRunning => _running is not null;

    /// <summary>Starts the edits, or restarts them at another pace.</summary>
    public void Start(TimeSpan interval)
    {
        lock (_gate)
        {
            Stop();
            _running = new CancellationTokenSource();
            _ = RunAsync(interval, _running.Token);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            _running?.Cancel();
            _running?.Dispose();
            _running = null;
        }
    }

    /// <summary>Makes one edit now and says in words which.</summary>
    public string Step()
    {
        lock (_gate)
        {
            if (RandomDeal() is not { } deal || _random.OnceIn(6))
                return TakeNewLead();

            return _random.Next(5) switch
            {
                0 or 1 => MoveOn(deal),
                2 => ChangeOwner(deal),
                3 => ChangeAmount(deal),
                _ => WriteNote(deal),
            };
        }
    }

    private async Task RunAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval, account.Options.TimeProvider);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Step();
        }
    }

    private CrmRecord? RandomDeal() =>
        account.Locked(() =>
            account.Records(ObjectType.Deals).All.Where(deal => !deal.Archived).ToList() is { Count: > 0 } live
                ? _random.Pick(live)
                : null
        );

    private string MoveOn(CrmRecord deal)
    {
        var pipeline = account.Pipelines.Find(deal["pipeline"] ?? "") ?? account.Pipelines.All[0];
        var stages = pipeline.Stages.Select(stage => stage.Id).ToList();
        var next = stages[(stages.IndexOf(deal["dealstage"] ?? "") + 1) % stages.Count];
        office.MoveStage(deal.IdText, next);
        return $"deal {deal.IdText} moved to stage {next}";
    }

    private string ChangeOwner(CrmRecord deal)
    {
        var owner = _random.Pick(account.Owners.Where(owner => !owner.Archived).ToList());
        office.Update(ObjectType.Deals, deal.IdText, "hubspot_owner_id", owner.Id);
        return $"deal {deal.IdText} given to owner {owner.Id}";
    }

    private string ChangeAmount(CrmRecord deal)
    {
        var amount = (_random.Next(10, 200) * 10_000).ToString(CultureInfo.InvariantCulture);
        office.Update(ObjectType.Deals, deal.IdText, "amount", amount);
        return $"deal {deal.IdText} now over {amount}";
    }

    private string WriteNote(CrmRecord deal)
    {
        var note = office.AddNote(ObjectType.Deals, deal.IdText, Activities.Note(_random)["hs_note_body"]!);
        return $"note {note} on deal {deal.IdText}";
    }

    private string TakeNewLead()
    {
        var person = Person.Make(_random, _newPeople++);
        var contact = office.Create(
            ObjectType.Contacts,
            new Dictionary<string, string?>
            {
                ["firstname"] = person.FirstName,
                ["lastname"] = person.LastName,
                ["email"] = person.Email,
                ["phone"] = person.Phone,
            }
        );
        var deal = office.Create(
            ObjectType.Deals,
            new Dictionary<string, string?>
            {
                ["dealname"] = $"{person.FirstName} {person.LastName}",
                ["pipeline"] = FirstPipelines.Leads,
                ["dealstage"] = account.Pipelines.Get(FirstPipelines.Leads).Stages[0].Id,
                ["phone_number"] = person.Phone,
                ["source_channel"] = _random.Pick(OptionLists.Sources),
            },
            (ObjectType.Contacts, contact)
        );
        return $"new contact {contact} with deal {deal}";
    }

    public void Dispose() => Stop();
}
