using ProPartHub.HubSpotSandbox.Account;
using ProPartHub.HubSpotSandbox.Http;
using ProPartHub.HubSpotSandbox.Objects;
using ProPartHub.HubSpotSandbox.Schema;
using ProPartHub.HubSpotSandbox.Search;

namespace ProPartHub.HubSpotSandbox.Control.Pages;

/// <summary>Reads what the pages about records show. Under the account's lock.</summary>
internal sealed class RecordModels(HubSpotAccount account)
{
    private const int RowsOfPage = 50;

    public RecordsModel List(ObjectType type, string search, bool archived, int page)
    {
        var found = account
            .Records(type)
            .All.Where(record =>
                record.Archived == archived && FreeText.Matches(new IndexedRecord(record, account.Now), search)
            )
            .Reverse()
            .ToList();
        var pages = Math.Max(1, (found.Count + RowsOfPage - 1) / RowsOfPage);
        page = Math.Clamp(page, 1, pages);
        var columns = Columns(type);
        var rows = found.Skip((page - 1) * RowsOfPage).Take(RowsOfPage).Select(record => Row(record, columns));
        return new RecordsModel(type, search, archived, page, pages, found.Count, columns, [.. rows]);
    }

    public RecordModel Get(ObjectType type, string id)
    {
        var record = account.Records(type).Find(id) ?? throw ApiError.NotFound().Exception();
        var properties = account.Schema.Of(type);
        return new RecordModel(
            type,
            record.IdText,
            record.Archived,
            record["dealstage"],
            type == ObjectType.Deals ? Stages() : [],
            [
                .. properties
                    .Where(property => !property.ModificationMetadata.ReadOnlyValue)
                    .Select(p => Field(record, p)),
            ],
            [
                .. properties
                    .Where(property => property.ModificationMetadata.ReadOnlyValue && record[property.Name] is not null)
                    .Select(property => (property.Name, record[property.Name]!)),
            ],
            [.. ObjectType.All.SelectMany(to => account.Associations.Of(record, to)).Select(link => Link(link.To))]
        );
    }

    private List<PropertyDefinition> Columns(ObjectType type)
    {
        string[] names =
            type == ObjectType.Contacts ? ["firstname", "lastname", "email", "phone", "hubspot_owner_id"]
            : type == ObjectType.Deals ? ["dealname", "dealstage", "amount", "phone_number", "hubspot_owner_id"]
            : [.. type.SearchableProperties.Take(2)];
        return [.. names.Select(name => account.Schema.Find(type, name)!)];
    }

    private RecordRow Row(CrmRecord record, List<PropertyDefinition> columns) =>
        new(
            record.IdText,
            [.. columns.Select(column => LabelOf(column, record[column.Name] ?? ""))],
            HubSpotTime.Format(record.UpdatedAt)
        );

    private string LabelOf(PropertyDefinition property, string value) =>
        Choices(property).FirstOrDefault(choice => choice.Value == value)?.Label ?? value;

    private RecordField Field(CrmRecord record, PropertyDefinition property) =>
        new(property.Name, property.Label, record[property.Name] ?? "", Choices(property));

    private List<Choice> Choices(PropertyDefinition property) =>
        property.ReferencedObjectType == "OWNER"
            ? [.. account.Owners.Select(owner => new Choice(owner.Id, $"{owner.FirstName} {owner.LastName}"))]
            : [.. property.Options.Select(option => new Choice(option.Value, option.Label))];

    private List<Choice> Stages() =>
        [
            .. account.Pipelines.All.SelectMany(pipeline =>
                pipeline.Stages.Select(stage => new Choice(stage.Id, $"{pipeline.Label}: {stage.Label}"))
            ),
        ];

    private static RecordLink Link(CrmRecord to)
    {
        var text = to
            .Type.DefaultProperties.Concat(to.Type.SearchableProperties)
            .Select(name => to[name])
            .OfType<string>();
        return new RecordLink(to.Type, to.IdText, string.Join(' ', text.Take(2)));
    }
}
