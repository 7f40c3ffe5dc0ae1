using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace ProPartHub.Web.Hosting.Logging;

/// <summary>
/// Hands every log event on with personal data hidden in its text, its properties at any depth and its exception.
/// A sink and not a formatter, so that no sink behind it, of whatever format, ever sees the original.
/// </summary>
internal sealed class MaskingSink(ILogEventSink inner) : ILogEventSink, IDisposable
{
    private static readonly MessageTemplateParser Parser = new();

    // Templates are constants of the code, so their number is small; text made at run time is not kept beyond this.
    private const int KeptTemplates = 2000;
    private readonly ConcurrentDictionary<MessageTemplate, MessageTemplate> _templates = new();

    public void Emit(LogEvent logEvent) =>
        inner.Emit(
            LogEvent.UnstableAssembleFromParts(
                logEvent.Timestamp,
                logEvent.Level,
                logEvent.Exception is { } exception ? new MaskedException(exception) : null,
                Mask(logEvent.MessageTemplate),
                logEvent.Properties.ToDictionary(
                    property => property.Key,
                    property => Mask(property.Key, property.Value)
                ),
                logEvent.TraceId ?? default,
                logEvent.SpanId ?? default
            )
        );

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private MessageTemplate Mask(MessageTemplate template)
    {
        if (_templates.TryGetValue(template, out var known))
        {
            return known;
        }

        var text = PersonalData.Mask(template.Text);
        var masked = text == template.Text ? template : Parser.Parse(text);
        if (_templates.Count < KeptTemplates)
        {
            _templates.TryAdd(template, masked);
        }

        return masked;
    }

    private static LogEventPropertyValue Mask(string name, LogEventPropertyValue value) =>
        value switch
        {
            ScalarValue { Value: null } => value,
            // Its "Name" is the name of a log message.
            StructureValue when name == "EventId" => value,
            ScalarValue when PersonalData.IsPersonalField(name) => new ScalarValue(PersonalData.Hidden),
            ScalarValue { Value: string text } => new ScalarValue(PersonalData.Mask(text)),
            ScalarValue { Value: Uri address } => new ScalarValue(PersonalData.Mask(address.OriginalString)),
            SequenceValue sequence => new SequenceValue(sequence.Elements.Select(element => Mask(name, element))),
            StructureValue structure => new StructureValue(
                structure.Properties.Select(part => new LogEventProperty(part.Name, Mask(part.Name, part.Value))),
                structure.TypeTag
            ),
            DictionaryValue dictionary => new DictionaryValue(
                dictionary.Elements.Select(element =>
                    KeyValuePair.Create(element.Key, Mask(element.Key.Value?.ToString() ?? string.Empty, element.Value))
                )
            ),
            _ => value,
        };

    /// <summary>Stands in for a logged exception: what it prints is the original's print, masked.</summary>
    private sealed class MaskedException(Exception original) : Exception(PersonalData.Mask(original.Message))
    {
        public override string? StackTrace => original.StackTrace;

        public override string ToString() => PersonalData.Mask(original.ToString());
    }
}
