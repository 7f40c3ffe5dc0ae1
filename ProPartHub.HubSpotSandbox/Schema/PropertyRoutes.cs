using System.Text.RegularExpressions;
using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>Reads and makes property definitions.</summary>
internal sealed partial class PropertyRoutes(HubSpotAccount account)
{
    private const int MostUniqueProperties = 10;

    private static readonly string[] Types =
    [
        "string",
        "number",
        "enumeration",
        "date",
        "datetime",
        "bool",
        "phone_number",
    ];

    public void Map(ApiRoutes routes, ApiVersion version)
    {
        routes.Get($"{version.Properties}/{{type}}", Scopes.ReadSchema, List);
        routes.Get($"{version.Properties}/{{type}}/{{name}}", Scopes.ReadSchema, Get);
        routes.Post($"{version.Properties}/{{type}}", Scopes.WriteSchema, Create);
    }

    private ApiAnswer List(ApiCall call)
    {
        var sensitivity = call.Query("dataSensitivity") ?? "non_sensitive";
        var properties = account
            .Schema.Of(TypeOf(call))
            .Where(property => property.Archived == call.Flag("archived") && property.DataSensitivity == sensitivity);
        return ApiAnswer.Ok(new Page<PropertyDefinition>([.. properties]));
    }

    private ApiAnswer Get(ApiCall call) =>
        ApiAnswer.Ok(
            account.Schema.Find(TypeOf(call), call.Route("name"))
                ?? throw ApiError.NotFound($"Property {call.Route("name")} does not exist").Exception()
        );

    private ApiAnswer Create(ApiCall call)
    {
        var type = TypeOf(call);
        var input = call.Body<CreateInput>();
        if (input.Name is not { } name || !NamePattern().IsMatch(name) || string.IsNullOrWhiteSpace(input.Label))
            throw ApiError.Validation("A property needs a label and a lower-case name").Exception();
        if (!Types.Contains(input.Type))
            throw ApiError.Validation($"Invalid property type '{input.Type}'").Exception();
        if (account.Schema.Find(type, name) is not null)
            throw ApiError.Conflict($"A property named '{name}' already exists.").Exception();
        if (input.HasUniqueValue)
            CheckRoomForUnique(type);

        var now = HubSpotTime.Format(account.Now);
        var property = new PropertyDefinition
        {
            Name = name,
            Label = input.Label,
            Type = input.Type,
            FieldType = input.FieldType ?? "text",
            GroupName = input.GroupName ?? "",
            Description = input.Description ?? "",
            Options = input.Options ?? [],
            HasUniqueValue = input.HasUniqueValue,
            FormField = input.FormField,
            Hidden = input.Hidden,
            CreatedAt = now,
            UpdatedAt = now,
        };
        account.Schema.Add(type, property);
        account.PublishTouch();
        return ApiAnswer.Created(property);
    }

    private void CheckRoomForUnique(ObjectType type)
    {
        if (
            account.Schema.Of(type).Count(property => property is { HasUniqueValue: true, HubspotDefined: false })
            >= MostUniqueProperties
        )
            throw ApiError
                .Validation($"At most {MostUniqueProperties} properties with unique values are allowed")
                .Exception();
    }

    private static ObjectType TypeOf(ApiCall call) => ObjectType.Parse(call.Route("type"));

    [GeneratedRegex("^[a-z][a-z0-9_]{0,99}$")]
    private static partial Regex NamePattern();

    private sealed record CreateInput
    {
        public string? Name { get; init; }
        public string? Label { get; init; }
        public string Type { get; init; } = "";
        public string? FieldType { get; init; }
        public string? GroupName { get; init; }
        public string? Description { get; init; }
        public IReadOnlyList<PropertyOption>? Options { get; init; }
        public bool HasUniqueValue { get; init; }
        public bool FormField { get; init; }
        public bool Hidden { get; init; }
    }
}
