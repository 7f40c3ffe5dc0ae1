using System.Globalization;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;
using ProPartHub.HubSpotSandbox.Schema.First;

namespace ProPartHub.HubSpotSandbox.Seed;

/// <summary>
/// Fills the account with months of made-up business: contacts, their deals in all stages, and activities. It goes
/// through the same rules as every other write, at moments in the past, in the order in which things happened.
/// </summary>
internal sealed class Seeder(HubSpotAccount account, WriteRules rules, RecordWriter writer)
{
    private static readonly TimeSpan History = TimeSpan.FromDays(240);

    private readonly Random _random = new(account.Options.Seed.Random);
    private readonly List<(CrmRecord Contact, Person Person)> _contacts = [];

    public void Run() =>
        account.Locked(() =>
        {
            var (contacts, deals) = (account.Options.Seed.Contacts, account.Options.Seed.Deals);
            var start = account.Now - History;
            for (var i = 0; i < contacts; i++)
                AddContact(i, start + (History * ((i + _random.NextDouble()) / (contacts + 1))));
            for (var i = 0; i < deals && contacts > 0; i++)
                AddDeal(_contacts[i % _contacts.Count]);

            account.ForgetChanges();
            return deals;
        });

    private ChangeSource RandomPerson() => ChangeSource.Person(_random.Pick(account.Owners).UserIdIncludingInactive);

    private void AddContact(int number, DateTimeOffset at)
    {
        var person = Person.Make(_random, number);
        var record = Write(
            ObjectType.Contacts,
            at,
            new()
            {
                ["firstname"] = person.FirstName,
                ["lastname"] = person.LastName,
                ["email"] = _random.OnceIn(20) ? "" : person.Email,
                ["phone"] = _random.OnceIn(25) ? "" : person.Phone,
                ["company"] = _random.Pick(Names.Companies),
                ["telegram"] = _random.OnceIn(2) ? person.Telegram : "",
                ["messenger"] = _random.Pick(OptionLists.Messengers).Value,
                ["birthdate"] = _random.OnceIn(3) ? RandomBirthday() : "",
                ["hs_lead_status"] = "NEW",
                ["lifecyclestage"] = "lead",
                ["hubspot_owner_id"] = _random.Pick(account.Owners).Id,
            }
        );
        _contacts.Add((record, person));
    }

    private void AddDeal((CrmRecord Contact, Person Person) client)
    {
        var (contact, person) = client;
        var created = contact.CreatedAt + TimeSpan.FromMinutes(_random.Next(1, 90));
        var pipeline = _random.Next(10) switch
        {
            0 => account.Pipelines.Get(PipelineBook.DefaultId),
            1 => account.Pipelines.Get(FirstPipelines.Partners),
            _ => account.Pipelines.Get(FirstPipelines.Leads),
        };
        var deal = Write(ObjectType.Deals, created, DealProperties(contact, person, pipeline), contact);
        var reached = _random.Next(pipeline.Stages.Count);
        var at = MoveThrough(deal, pipeline.Stages, reached, created);
        AddActivities(contact, deal, at);
    }

    private Dictionary<string, string?> DealProperties(CrmRecord contact, Person person, Pipeline pipeline)
    {
        var band = _random.Next(OptionLists.Budgets.Length);
        int[] amounts = [150_000, 350_000, 750_000, 1_500_000];
        return new()
        {
            ["dealname"] = $"{person.FirstName} {person.LastName}",
            ["pipeline"] = pipeline.Id,
            ["dealstage"] = pipeline.Stages[0].Id,
            ["amount"] = amounts[band].ToString(CultureInfo.InvariantCulture),
            ["deal_currency_code"] = "USD",
            ["budget"] = OptionLists.Budgets[band],
            ["dealtype"] = "newbusiness",
            ["phone_number"] = contact["phone"],
            ["email"] = contact["email"],
            ["language"] = person.Ukrainian ? _random.Pick(OptionLists.Languages[..2]) : OptionLists.Languages[2],
            ["source_channel"] = _random.Pick(OptionLists.Sources),
            ["purchase_reason__cloned_"] = _random.Pick(OptionLists.Goals),
            ["property_type__cloned_"] = _random.Pick(OptionLists.PropertyTypes),
            ["property_status__cloned_"] = _random.Pick(OptionLists.ObjectTypes),
            ["purchase_country"] = _random.Pick(OptionLists.Countries),
            ["telegram"] = contact["telegram"],
            ["messenger"] = contact["messenger"],
            ["hubspot_owner_id"] = contact["hubspot_owner_id"],
        };
    }

    /// <summary>Takes a deal stage by stage, days apart, and gives the moment of the last step.</summary>
    private DateTimeOffset MoveThrough(
        CrmRecord deal,
        IReadOnlyList<PipelineStage> stages,
        int reached,
        DateTimeOffset at
    )
    {
        foreach (var stage in stages.Skip(1).Take(reached))
        {
            at = After(at, TimeSpan.FromHours(_random.Next(6, 300)));
            var values = new Dictionary<string, string?> { ["dealstage"] = stage.Id };
            if (stage.Metadata.Closed)
                values["closedate"] = HubSpotTime.Format(at);
            if (stage.Metadata is { Closed: true, Won: false })
                values["decline_reason"] = _random.Pick(OptionLists.DeclineReasons);
            writer.Commit(rules.Update(deal, new WriteInput { Properties = values }), at, RandomPerson());
        }

        return at;
    }

    private void AddActivities(CrmRecord contact, CrmRecord deal, DateTimeOffset at)
    {
        if (_random.OnceIn(2))
            Write(ObjectType.Notes, Later(), Activities.Note(_random), contact, deal);
        if (_random.OnceIn(3))
            Write(ObjectType.Calls, Later(), Activities.Call(_random, contact["phone"]), contact, deal);
        if (_random.OnceIn(4))
            Write(ObjectType.Emails, Later(), Activities.Email(_random, contact["email"]), contact, deal);
        if (_random.OnceIn(8))
            Write(ObjectType.Meetings, Later(), Activities.Meeting(_random), contact, deal);
        if (_random.OnceIn(5))
            Write(ObjectType.Tasks, Later(), Activities.Task(_random), contact, deal);

        DateTimeOffset Later() => at = After(at, TimeSpan.FromMinutes(_random.Next(5, 2_000)));
    }

    private CrmRecord Write(
        ObjectType type,
        DateTimeOffset at,
        Dictionary<string, string?> properties,
        params IReadOnlyList<CrmRecord> linkedTo
    )
    {
        at = HubSpotTime.ToMilliseconds(at);
        if (type.IsActivity)
        {
            properties["hs_timestamp"] = HubSpotTime.Format(at);
            properties["hubspot_owner_id"] = linkedTo[0]["hubspot_owner_id"];
        }

        var filled = properties.Where(property => !string.IsNullOrEmpty(property.Value));
        var input = new WriteInput
        {
            Properties = new Dictionary<string, string?>(filled, StringComparer.Ordinal),
            Associations = [.. linkedTo.Select(to => Activities.LinkTo(type, to))],
        };
        return writer.Commit(rules.Create(type, input), at, RandomPerson());
    }

    /// <summary>A moment after another, never in the future: where little time is left, somewhere within it.</summary>
    private DateTimeOffset After(DateTimeOffset at, TimeSpan step)
    {
        var left = account.Now - at;
        return HubSpotTime.ToMilliseconds(at + (step < left ? step : left * _random.NextDouble()));
    }

    private string RandomBirthday() =>
        new DateOnly(1960, 1, 1).AddDays(_random.Next(15_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
