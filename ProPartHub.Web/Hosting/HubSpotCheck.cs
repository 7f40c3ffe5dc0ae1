using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Sync;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>check-hubspot [--create-properties]</c>: reads the account without changing it, says what the sync will find there and
/// what to mend; with the option it makes the hub's own unique property, which is the admin's consent to it.
/// </summary>
internal static class HubSpotCheck
{
    public const string Name = "check-hubspot";

    private const string CreateProperties = "--create-properties";

    /// <summary>Runs the command with the configured token, without serving pages or syncing.</summary>
    /// <returns>The exit code: 0 fine, 1 something to mend, 2 no token configured.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        if (services.GetService<HubSpotClient>() is not { } client)
        {
            await output.WriteLineAsync("No HubSpot token is configured (HubSpot:AccessToken): the sync is off.");
            return 2;
        }

        try
        {
            await AccountAsync(client, output, cancellationToken);
            var missing = await SchemaAsync(client, options.Contains(CreateProperties), output, cancellationToken);
            await ReadingAsync(client, output, cancellationToken);
            await LimitsAsync(services.GetRequiredService<HubSpotLimiter>(), output);
            return missing ? 1 : 0;
        }
        catch (HubSpotMissingScopesException refusal)
        {
            await output.WriteLineAsync($"Missing scope: {string.Join(" or ", refusal.Scopes)}. Add it to the app.");
            return 1;
        }
        catch (HubSpotException refusal)
        {
            await output.WriteLineAsync(refusal.Message);
            return 1;
        }
    }

    private static async Task AccountAsync(HubSpotClient client, TextWriter output, CancellationToken cancellationToken)
    {
        var account = await client.GetAccountAsync(HubSpotPriority.Interactive, cancellationToken);
        await output.WriteLineAsync(
            $"Account {account.PortalId} ({account.AccountType}), {account.TimeZone}, {account.CompanyCurrency}"
        );
    }

    private static async Task<bool> SchemaAsync(
        HubSpotClient client,
        bool mayCreate,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var schema = await HubSpotAccountReport.ReadSchemaAsync(client, cancellationToken);
        if (!schema.HasLeadIds && mayCreate)
        {
            await HubSpotAccountReport.CreateLeadIdsAsync(client, cancellationToken);
            schema = await HubSpotAccountReport.ReadSchemaAsync(client, cancellationToken);
        }

        await output.WriteLineAsync(
            schema.HasLeadIds
                ? "Own unique property: present; creation is idempotent."
                : "Own unique property: missing. A deal whose creation was not answered can then only be recognised by its "
                    + $"contact and name. To make it: {Name} {CreateProperties} (scopes crm.schemas.contacts.write, "
                    + "crm.schemas.deals.write)."
        );
        if (schema.MissingProperties.Count > 0)
        {
            await output.WriteLineAsync(
                $"Not in this account, so not exchanged: {string.Join(", ", schema.MissingProperties)}"
            );
        }

        return !schema.HasLeadIds;
    }

    // Reading one record of each kind is the surest way to learn of a missing scope before the sync does.
    private static async Task ReadingAsync(HubSpotClient client, TextWriter output, CancellationToken cancellationToken)
    {
        var pipelines = await client.GetPipelinesAsync(
            HubSpotObjectTypes.Deals,
            HubSpotPriority.Interactive,
            cancellationToken
        );
        foreach (var pipeline in pipelines)
        {
            await output.WriteLineAsync($"Pipeline {pipeline.Id} \"{pipeline.Label}\": {pipeline.Stages.Count} stages");
        }

        var owners = await client.GetOwnersAsync(HubSpotPriority.Interactive, cancellationToken);
        await output.WriteLineAsync($"Owners: {owners.Count(owner => !owner.Archived)} active of {owners.Count}");
        foreach (var type in HubSpotAccountReport.Types)
        {
            var page = await client.SearchAsync(
                type,
                new HubSpotSearch { Limit = 1 },
                HubSpotPriority.Interactive,
                cancellationToken
            );
            await output.WriteLineAsync($"{type}: {page.Total}");
        }
    }

    private static Task LimitsAsync(HubSpotLimiter limiter, TextWriter output)
    {
        var snapshot = limiter.Snapshot();
        var buckets = snapshot.Buckets.Select(bucket => $"{bucket.Bucket} {bucket.Limit}");
        return output.WriteLineAsync(
            $"Limits: {string.Join(", ", buckets)}; today {snapshot.DailyRemaining} of {snapshot.DailyLimit} calls left"
        );
    }
}
