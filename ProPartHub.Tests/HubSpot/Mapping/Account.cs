using ProPartHub.Domain.HubSpot.Api;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Tests.HubSpot.Mapping;

/// <summary>A small account for mapping tests: two stages, two agents, properties as given.</summary>
internal static class Account
{
    public static readonly Pipeline Pipeline = new()
    {
        HubSpotId = "p1",
        Label = "Лиды",
        IsForNewLeads = true,
    };

    public static readonly Stage New = Stage("new", LeadStatus.New);
    public static readonly Stage Won = Stage("won", LeadStatus.Won);

    public static readonly HubUser Olena = Person("olena", "Олена Гнатюк", owner: "801", "Ольона");
    public static readonly HubUser Taras = Person("taras", "Тарас Вовк", owner: null);

    public static readonly string[] ContactNames =
    [
        "firstname",
        "lastname",
        "email",
        "phone",
        "mobilephone",
        "company",
        "telegram",
    ];

    public static readonly string[] DealNames =
    [
        "dealname",
        "amount",
        "budget",
        "dealstage",
        "pipeline",
        "hubspot_owner_id",
        "responisble_agent",
        "phone_number",
        "email",
        "language",
        "telegram",
        "purchase_reason",
        "purchase_reason__cloned_",
    ];

    public static LeadMap Map(params string[] without) =>
        new(
            new AccountSchema(
                ContactNames.Except(without).Select(Property),
                DealNames.Except(without).Select(Property)
            ),
            new StageIndex([New, Won]),
            new AgentDirectory([Olena, Taras], new Dictionary<string, string> { ["999"] = "Head Office" })
        );

    public static FieldMap Field(this LeadMap map, string name) => map.Fields.Single(field => field.Name == name);

    public static RecordPair Values(LeadMap map, params (PropertyRef Property, string? Value)[] values)
    {
        Dictionary<string, string?> Of(string type) =>
            values
                .Where(value => value.Property.Type == type)
                .ToDictionary(value => value.Property.Name, value => map.Normalise(value.Property, value.Value));
        return new(Of(HubSpotObjectTypes.Contacts), Of(HubSpotObjectTypes.Deals));
    }

    public static Lead Lead() =>
        new()
        {
            ClientName = "Іван Петренко",
            StageId = New.Id,
            Phone = "+380501234567",
        };

    private static HubSpotProperty Property(string name) =>
        new() { Name = name, Type = name == "amount" ? "number" : "string" };

    private static Stage Stage(string id, LeadStatus status) =>
        new()
        {
            HubSpotId = id,
            Label = id,
            Status = status,
            Pipeline = Pipeline,
            PipelineId = Pipeline.Id,
        };

    private static HubUser Person(string login, string name, string? owner, params string[] aliases) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UserName = login,
            DisplayName = name,
            HubSpotOwnerId = owner,
            Aliases = aliases,
        };
}
