using FluentValidation.Results;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>A line of a pasted list of people.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Input">The person as understood.</param>
/// <param name="Faults">What is wrong with the line by itself; a name may still be taken.</param>
public sealed record PastedPerson(int Line, PersonInput Input, ValidationResult Faults);

/// <summary>
/// Reads people out of a pasted list, as from a spreadsheet or a mail: a person a line, fields between tabs, semicolons or
/// commas, in the order name, mail address, role, team. Role and team may be missing; the user name is made of the mail
/// address.
/// </summary>
public static class PastedPeople
{
    /// <summary>Most people of a list.</summary>
    public const int Most = 200;

    private static readonly PersonInputValidator Validator = new();

    private static readonly Dictionary<string, Role> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["agent"] = Role.Agent,
        ["broker"] = Role.Agent,
        ["агент"] = Role.Agent,
        ["брокер"] = Role.Agent,
        ["manager"] = Role.Manager,
        ["менеджер"] = Role.Manager,
        ["admin"] = Role.Admin,
        ["administrator"] = Role.Admin,
        ["адмін"] = Role.Admin,
        ["адміністратор"] = Role.Admin,
    };

    /// <summary>The people of a list; blank lines are passed over and lines beyond <see cref="Most"/> left out.</summary>
    /// <param name="text">The list.</param>
    /// <param name="teams">The teams there are; another name makes a new one.</param>
    /// <param name="teamId">The team of lines that name none.</param>
    /// <param name="culture">Interface language of all of them.</param>
    public static IReadOnlyList<PastedPerson> Read(
        string text,
        IReadOnlyList<TeamItem> teams,
        Guid? teamId,
        string culture
    )
    {
        var people = new List<PastedPerson>();
        var mails = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lines = text.Split('\n').Select((line, index) => (Number: index + 1, Text: line.Trim()));
        foreach (var (number, line) in lines.Where(line => line.Text.Length > 0).Take(Most))
        {
            var fields = line.Split(['\t', ';', ',']).Select(field => field.Trim()).ToList();
            var input = InputOf(fields, teams, teamId, culture, names).Normalised();
            var faults = Validator.Validate(input);
            if (faults.Errors.Exists(fault => fault.PropertyName == nameof(input.Email)))
            {
                // The name is made of the address: saying that it is missing too would only confuse.
                faults.Errors.RemoveAll(fault => fault.PropertyName == nameof(input.UserName));
            }

            if (!mails.Add(input.Email))
            {
                faults.Errors.Add(AccountFaults.At(nameof(input.Email), AccountFault.EmailTaken));
            }

            if (Field(fields, 2) is { Length: > 0 } role && !Roles.ContainsKey(role))
            {
                faults.Errors.Add(AccountFaults.At(nameof(input.Role), AccountFault.RoleUnknown));
            }

            people.Add(new PastedPerson(number, input, faults));
        }

        return people;
    }

    private static PersonInput InputOf(
        List<string> fields,
        IReadOnlyList<TeamItem> teams,
        Guid? teamId,
        string culture,
        HashSet<string> names
    )
    {
        var mail = Field(fields, 1);
        var role = Roles.GetValueOrDefault(Field(fields, 2), Role.Agent);
        var teamName = Field(fields, 3);
        var team = teams.FirstOrDefault(team => string.Equals(team.Name, teamName, StringComparison.OrdinalIgnoreCase));
        return new PersonInput(
            UserNameOf(mail, names),
            Field(fields, 0),
            mail,
            role,
            teamName.Length == 0 ? teamId : team?.Id,
            teamName.Length > 0 && team is null ? teamName : null,
            culture
        );
    }

    private static string UserNameOf(string mail, HashSet<string> names)
    {
        var local = mail.Split('@')[0];
        var clean = new string([
            .. local.ToLowerInvariant().Where(sign => char.IsAsciiLetterOrDigit(sign) || sign is '.' or '_' or '-'),
        ]);
        var name = clean;
        for (var number = 2; !names.Add(name); number++)
        {
            name = $"{clean}{number}";
        }

        return name;
    }

    private static string Field(List<string> fields, int index) => index < fields.Count ? fields[index] : "";
}
