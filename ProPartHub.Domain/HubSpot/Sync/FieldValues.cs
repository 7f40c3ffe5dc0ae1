using Microsoft.EntityFrameworkCore;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.HubSpot.Mapping;
using ProPartHub.Domain.Leads;

namespace ProPartHub.Domain.HubSpot.Sync;

/// <summary>A value of an exchanged field as people read it: text, or the ends of a budget.</summary>
/// <param name="Text">The stored text; a stage's label or a person's name in place of its id. Null for an empty value.</param>
/// <param name="From">Lower end of a budget.</param>
/// <param name="To">Upper end of a budget.</param>
public sealed record FieldValue(string? Text, decimal? From = null, decimal? To = null);

/// <summary>Turns stored values of exchanged fields into what people read: stages and agents are kept by id.</summary>
internal sealed class FieldValues
{
    private readonly Dictionary<string, string> _names = [];

    private FieldValues() { }

    /// <summary>A lead's own values by the names under which they are exchanged, in the form of <see cref="LeadSync.Agreed"/>.</summary>
    public static Dictionary<string, string?> Of(Lead lead)
    {
        var values = LeadFields.Typed.ToDictionary(field => field.ToString(), field => LeadFields.Read(lead, field));
        values[BudgetField.FieldName] = BudgetField.Format(lead.BudgetFrom, lead.BudgetTo);
        values[nameof(LeadField.Stage)] = LeadFields.Read(lead, LeadField.Stage);
        values[nameof(LeadField.Agent)] = LeadFields.Read(lead, LeadField.Agent);
        return values;
    }

    /// <summary>Reads the names that these values need; two commands at most.</summary>
    public static async Task<FieldValues> LoadAsync(
        HubDbContext db,
        IReadOnlyCollection<(string Field, string? Value)> values,
        CancellationToken cancellationToken
    )
    {
        var loaded = new FieldValues();
        var stages = Ids(values, nameof(LeadField.Stage));
        if (stages.Count > 0)
        {
            var labels = db
                .Stages.Where(row => stages.Contains(row.Id))
                .Select(row => new { row.Id, Text = row.Label });
            foreach (var stage in await labels.ToListAsync(cancellationToken))
            {
                loaded._names[stage.Id.ToString()] = stage.Text;
            }
        }

        var people = Ids(values, nameof(LeadField.Agent));
        if (people.Count > 0)
        {
            var users = db.Users.Where(row => people.Contains(row.Id)).Select(row => new { row.Id, row.DisplayName });
            foreach (var user in await users.ToListAsync(cancellationToken))
            {
                loaded._names[user.Id.ToString()] = user.DisplayName;
            }
        }

        return loaded;
    }

    /// <summary>The value as people read it.</summary>
    public FieldValue Read(string field, string? text)
    {
        if (field != BudgetField.FieldName)
        {
            return new(text is null ? null : _names.GetValueOrDefault(text, text));
        }

        var (from, to) = BudgetField.Parse(text);
        return new(null, from, to);
    }

    private static List<Guid> Ids(IEnumerable<(string Field, string? Value)> values, string field) =>
        [
            .. values
                .Where(entry => entry.Field == field)
                .Select(entry => Guid.TryParse(entry.Value, out var id) ? id : Guid.Empty)
                .Where(id => id != Guid.Empty)
                .Distinct(),
        ];
}
