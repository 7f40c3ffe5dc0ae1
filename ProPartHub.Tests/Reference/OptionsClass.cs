using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using ProPartHub.Domain.Backups;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.HubSpot.Sync;
using ProPartHub.Domain.Notifications;

namespace ProPartHub.Tests.Reference;

/// <summary>Reads settings off a class that a section of the configuration is bound to.</summary>
/// <param name="comments">Where its summaries stand.</param>
internal sealed class OptionsClass(CodeComments comments)
{
    // Filled in by the portal from another setting, or by the sandbox: nobody sets them.
    private static readonly (Type Class, string Property)[] FilledIn =
    [
        (typeof(NotificationOptions), nameof(NotificationOptions.TimeZone)),
        (typeof(BackupOptions), nameof(BackupOptions.ProgramsFolder)),
        (typeof(HubFileOptions), nameof(HubFileOptions.FormerFolder)),
        (typeof(SyncOptions), nameof(SyncOptions.IsSandbox)),
    ];

    /// <summary>The section that a class names; null when it names none.</summary>
    public static string? SectionOf(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
            ? (string?)field.GetRawConstantValue()
            : null;

    /// <summary>The class as a part of the page.</summary>
    /// <exception cref="InvalidOperationException">A summary is missing.</exception>
    public SettingGroup Read(Type type) =>
        new(SectionOf(type)!, Summary(comments.Of(type), type.Name), [.. Settings(type, SectionOf(type)!)]);

    private IEnumerable<Setting> Settings(Type type, string section)
    {
        var defaults = Activator.CreateInstance(type)!;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.SetMethod is { IsPublic: true } && !FilledIn.Contains((type, property.Name)))
            .OrderBy(property => property.MetadataToken);
        foreach (var property in properties)
        {
            var name = $"{section}:{property.Name}";
            if (property.PropertyType.Assembly == type.Assembly && property.PropertyType.IsClass)
            {
                foreach (var inner in Settings(property.PropertyType, name))
                {
                    yield return inner;
                }

                continue;
            }

            yield return new Setting(
                name,
                Value(property),
                Default(property.GetValue(defaults)),
                Summary(comments.Of(property), name) + Choices(property)
            )
            {
                IsList = IsList(property.PropertyType),
            };
        }
    }

    private static string Summary(string? text, string name) =>
        text ?? throw new InvalidOperationException($"{name} has no summary for docs/configuration.md.");

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static string Value(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            { IsEnum: true } => string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`")),
            _ when IsList(type) => "texts, numbered from 0",
            _ when type == typeof(bool) => "`true` or `false`",
            _ when type == typeof(Uri) => "address",
            _ when type == typeof(TimeSpan) => "duration",
            _ when type == typeof(TimeOnly) => "time of day",
            _ when type == typeof(int) => property.GetCustomAttribute<RangeAttribute>() is { } range
                ? string.Create(CultureInfo.InvariantCulture, $"number, {range.Minimum} to {range.Maximum}")
                : "number",
            _ when type == typeof(double) => "number",
            _ when type == typeof(string) => "text",
            _ => throw new InvalidOperationException(
                $"{property.Name} is a {type.Name}, which the page has no word for."
            ),
        };
    }

    private static string Default(object? value) =>
        value switch
        {
            null or "" => "none",
            bool yes => yes ? "`true`" : "`false`",
            TimeOnly time => string.Create(CultureInfo.InvariantCulture, $"`{time:HH:mm}`"),
            string text => $"`{text}`",
            IEnumerable => "none",
            IFormattable other => $"`{other.ToString(null, CultureInfo.InvariantCulture)}`",
            _ => $"`{value}`",
        };

    // What each of a few values does.
    private string Choices(PropertyInfo property) =>
        property.PropertyType is { IsEnum: true } type
            ? string.Concat(
                type.GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field => $" `{field.Name}`: {Summary(comments.Of(field), $"{type.Name}.{field.Name}")}")
            )
            : "";
}
