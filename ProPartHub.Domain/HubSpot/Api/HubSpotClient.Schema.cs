namespace ProPartHub.Domain.HubSpot.Api;

public sealed partial class HubSpotClient
{
    /// <summary>The account the token belongs to. The limiter learns from it when the account's day ends.</summary>
    public async Task<HubSpotAccount> GetAccountAsync(
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        var call = new HubSpotCall("read the account", HttpMethod.Get, _paths.AccountDetails(), priority);
        var account = await SendAsync(call, HubSpotJson.Http.HubSpotAccount, cancellationToken);
        _limiter.UseAccountTimeZone(account.FindTimeZone());
        return account;
    }

    /// <summary>All properties of an object type, without sensitive and archived ones.</summary>
    public async Task<IReadOnlyList<HubSpotProperty>> GetPropertiesAsync(
        string type,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        var call = new HubSpotCall($"read properties of {type}", HttpMethod.Get, _paths.Properties(type), priority);
        return (await SendAsync(call, HubSpotJson.Http.ListAnswerHubSpotProperty, cancellationToken)).Results;
    }

    /// <summary>Makes a property; needs the scope <c>crm.schemas.{type}.write</c>.</summary>
    /// <exception cref="HubSpotConflictException">There is one of this name.</exception>
    /// <exception cref="HubSpotWriteOutcomeUnknownException">It may have been made: read the properties.</exception>
    public Task<HubSpotProperty> CreatePropertyAsync(
        string type,
        HubSpotPropertyDefinition definition,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        var call = new HubSpotCall($"create a property of {type}", HttpMethod.Post, _paths.Properties(type), priority)
        {
            Body = Write(definition, HubSpotJson.Http.HubSpotPropertyDefinition),
            IsRepeatable = false,
        };
        return SendAsync(call, HubSpotJson.Http.HubSpotProperty, cancellationToken);
    }

    /// <summary>All pipelines of an object type, with their stages.</summary>
    public async Task<IReadOnlyList<HubSpotPipeline>> GetPipelinesAsync(
        string type,
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        var call = new HubSpotCall($"read pipelines of {type}", HttpMethod.Get, _paths.Pipelines(type), priority);
        return (await SendAsync(call, HubSpotJson.Http.ListAnswerHubSpotPipeline, cancellationToken)).Results;
    }

    /// <summary>
    /// All owners, active and archived: the full list every time, since neither archiving nor user changes move an
    /// owner's modified time.
    /// </summary>
    public async Task<IReadOnlyList<HubSpotOwner>> GetOwnersAsync(
        HubSpotPriority priority,
        CancellationToken cancellationToken = default
    )
    {
        var owners = new List<HubSpotOwner>();
        foreach (var archived in new[] { false, true })
        {
            string? after = null;
            do
            {
                var path = WithQuery(
                    _paths.Owners(),
                    ("limit", Text(BatchSize)),
                    ("after", after),
                    ("archived", Text(archived))
                );
                var call = new HubSpotCall("read owners", HttpMethod.Get, path, priority);
                var page = await SendAsync(call, HubSpotJson.Http.ListAnswerHubSpotOwner, cancellationToken);
                owners.AddRange(page.Results);
                after = page.Paging?.Next?.After;
            } while (after is not null);
        }

        return owners;
    }
}
