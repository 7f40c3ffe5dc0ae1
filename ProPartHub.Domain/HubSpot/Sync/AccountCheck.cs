using System.Globalization;
using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>
/// Looks at an account on an admin's behalf: token, scopes, properties, pipelines, owners and limits. It changes nothing.
/// </summary>
/// <param name="client">Calls HubSpot; each call goes before everything that waits.</param>
/// <param name="limits">Tells the limits as HubSpot's answers have told them by then; null where nobody knows.</param>
public sealed class AccountCheck(HubSpotClient client, Func<HubSpotLimiterSnapshot?> limits)
{
    // No record has this id, so that changing it proves a right and changes nothing.
    private const string NoRecord = "0";

    private static readonly IReadOnlyList<string> WrittenTypes =
    [
        HubSpotObjectTypes.Contacts,
        HubSpotObjectTypes.Deals,
        HubSpotObjectTypes.Notes,
        HubSpotObjectTypes.Tasks,
    ];

    private AccountSchema? _schema;

    /// <summary>Looks at everything; ends early where HubSpot does not answer at all.</summary>
    public async Task<IReadOnlyList<CheckFinding>> RunAsync(CancellationToken cancellationToken)
    {
        List<(CheckTopic Topic, string? Subject, Func<CancellationToken, Task<CheckFinding>> Look)> looks =
        [
            (CheckTopic.Account, null, AccountAsync),
            (CheckTopic.LeadIds, null, LeadIdsAsync),
            (CheckTopic.Properties, null, PropertiesAsync),
            (CheckTopic.Pipelines, null, PipelinesAsync),
            (CheckTopic.Owners, null, OwnersAsync),
            .. PollStep.Types.Select(type => (CheckTopic.Read, (string?)type, Looking(ReadAsync, type))),
            .. WrittenTypes.Select(type => (CheckTopic.Write, (string?)type, Looking(WriteAsync, type))),
            (CheckTopic.Limits, null, _ => Task.FromResult(Limits())),
        ];
        var findings = new List<CheckFinding>();
        foreach (var (topic, subject, look) in looks)
        {
            try
            {
                findings.Add(await look(cancellationToken));
            }
            catch (HubSpotMissingScopesException refusal)
            {
                findings.Add(new(topic, CheckOutcome.Fault, [], subject, string.Join(" / ", refusal.Scopes)));
            }
            catch (HubSpotException failure)
            {
                findings.Add(new(topic, CheckOutcome.Fault, [], subject, Words: failure.Message));
                if (failure is not HubSpotForbiddenException)
                {
                    // A wrong token or no answer: all that follows would fail likewise, some of it slowly.
                    break;
                }
            }
        }

        return findings;
    }

    /// <summary>Makes the hub's own unique property on contacts and deals; calling it is the admin's consent.</summary>
    /// <exception cref="HubSpotException">HubSpot refuses or cannot be reached.</exception>
    public async Task CreateLeadIdsAsync(CancellationToken cancellationToken)
    {
        await LeadIdProperty.CreateAsync(client, await SchemaAsync(cancellationToken), cancellationToken);
        _schema = null;
    }

    private static Func<CancellationToken, Task<CheckFinding>> Looking(
        Func<string, CancellationToken, Task<CheckFinding>> look,
        string type
    ) => token => look(type, token);

    private static CheckFinding Fine(CheckTopic topic, params string[] values) => new(topic, CheckOutcome.Fine, values);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task<CheckFinding> AccountAsync(CancellationToken cancellationToken)
    {
        var account = await client.GetAccountAsync(HubSpotPriority.Interactive, cancellationToken);
        return Fine(
            CheckTopic.Account,
            Text(account.PortalId),
            account.AccountType ?? "",
            account.TimeZone ?? "",
            account.CompanyCurrency ?? ""
        );
    }

    private async Task<CheckFinding> LeadIdsAsync(CancellationToken cancellationToken) =>
        (await SchemaAsync(cancellationToken)).HasLeadIds
            ? Fine(CheckTopic.LeadIds)
            : new(CheckTopic.LeadIds, CheckOutcome.Attention, []);

    private async Task<CheckFinding> PropertiesAsync(CancellationToken cancellationToken)
    {
        var schema = await SchemaAsync(cancellationToken);
        var known = PropertyTable
            .Rows.SelectMany(row => row.Reads)
            .Append(AgentField.Owner)
            .Concat(AgentField.NameProperties)
            .Distinct();
        string[] missing = [.. known.Where(property => !schema.Has(property)).Select(property => property.ToString())];
        return missing.Length == 0
            ? Fine(CheckTopic.Properties)
            : new(CheckTopic.Properties, CheckOutcome.Attention, missing);
    }

    private async Task<CheckFinding> PipelinesAsync(CancellationToken cancellationToken)
    {
        var pipelines = await client.GetPipelinesAsync(
            HubSpotObjectTypes.Deals,
            HubSpotPriority.Interactive,
            cancellationToken
        );
        return Fine(
            CheckTopic.Pipelines,
            Text(pipelines.Count),
            Text(pipelines.Sum(pipeline => pipeline.Stages.Count))
        );
    }

    private async Task<CheckFinding> OwnersAsync(CancellationToken cancellationToken)
    {
        var owners = await client.GetOwnersAsync(HubSpotPriority.Interactive, cancellationToken);
        return Fine(CheckTopic.Owners, Text(owners.Count(owner => !owner.Archived)), Text(owners.Count));
    }

    private async Task<CheckFinding> ReadAsync(string type, CancellationToken cancellationToken)
    {
        var page = await client.SearchAsync(
            type,
            new HubSpotSearch { Limit = 1 },
            HubSpotPriority.Interactive,
            cancellationToken
        );
        return Fine(CheckTopic.Read, Text(page.Total ?? page.Results.Count)) with { Subject = type };
    }

    private async Task<CheckFinding> WriteAsync(string type, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateAsync(
                type,
                NoRecord,
                new Dictionary<string, string?>(),
                HubSpotPriority.Interactive,
                cancellationToken
            );
        }
        catch (Exception answer) when (answer is HubSpotNotFoundException or HubSpotValidationException)
        {
            // The record is not there, which only those learn who may write.
        }

        return Fine(CheckTopic.Write) with
        {
            Subject = type,
        };
    }

    private CheckFinding Limits()
    {
        var snapshot = limits();
        return snapshot is { DailyLimit: { } limit, DailyRemaining: { } left }
            ? new(
                CheckTopic.Limits,
                left * 10L < limit ? CheckOutcome.Attention : CheckOutcome.Fine,
                [Text(snapshot.Buckets[0].Limit), Text(left), Text(limit)]
            )
            : Fine(CheckTopic.Limits, Text(snapshot?.Buckets[0].Limit ?? 0));
    }

    private async Task<AccountSchema> SchemaAsync(CancellationToken cancellationToken) =>
        _schema ??= new(
            await client.GetPropertiesAsync(
                HubSpotObjectTypes.Contacts,
                HubSpotPriority.Interactive,
                cancellationToken
            ),
            await client.GetPropertiesAsync(HubSpotObjectTypes.Deals, HubSpotPriority.Interactive, cancellationToken)
        );
}
