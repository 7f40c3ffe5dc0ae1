using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema.First;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>The set-up an account has at its first start: that of the agency whose portal this is.</summary>
internal static class FirstAccount
{
    public static AccountSchema Schema()
    {
        var schema = new AccountSchema();
        foreach (var type in ObjectType.All)
            schema.Add(type, CommonProperties.Of(type));

        schema.Add(ObjectType.Contacts, ContactProperties.All);
        schema.Add(ObjectType.Companies, CompanyProperties.All);
        schema.Add(ObjectType.Deals, DealProperties.All);
        schema.Add(ObjectType.Notes, ActivityProperties.Note);
        schema.Add(ObjectType.Calls, ActivityProperties.Call);
        schema.Add(ObjectType.Emails, ActivityProperties.Email);
        schema.Add(ObjectType.Meetings, ActivityProperties.Meeting);
        schema.Add(ObjectType.Tasks, ActivityProperties.Task);
        return schema;
    }

    public static PipelineBook Pipelines() => new(FirstPipelines.All);

    public static IReadOnlyList<Owner> Owners() => FirstOwners.All;
}
