using Microsoft.Extensions.Options;
using ProPartHub.Domain.Telemetry;
using ProPartHub.Web.Hosting.Logging;
using Sentry;
using Sentry.Protocol;
using Serilog.Core;
using Serilog.Events;

namespace ProPartHub.Web.Hosting.ErrorReports;

/// <summary>
/// Reports every error of the log to Sentry, with the portal's version, the circuit and its person by id. It stands before the
/// mask of the log, since a masked exception has lost its type and its stack, and masks what it sends by itself.
/// </summary>
internal sealed class ErrorReporter : ILogEventSink, IAsyncDisposable
{
    private const string Circuit = "CircuitId";
    private const string User = "UserId";

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SentryClient _client;
    private readonly CircuitOwners _owners;

    public ErrorReporter(IOptions<ErrorReportOptions> options, IHostEnvironment environment, CircuitOwners owners)
    {
        _owners = owners;
        var settings = new SentryOptions
        {
            Dsn = options.Value.Dsn,
            Release = $"propart-hub@{HubTelemetry.Version}",
            Environment = options.Value.Environment is { Length: > 0 } named ? named : environment.EnvironmentName,
            ServerName = System.Environment.MachineName,
            SendDefaultPii = false,
            // What was logged before an error may hold anything.
            MaxBreadcrumbs = 0,
            AutoSessionTracking = false,
        };
        settings.SetBeforeSend((report, _) => Mask(report));
        _client = new SentryClient(settings);
    }

    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Error)
        {
            return;
        }

        var report = new SentryEvent(logEvent.Exception)
        {
            Level = logEvent.Level is LogEventLevel.Fatal ? SentryLevel.Fatal : SentryLevel.Error,
            Logger = Text(logEvent, "SourceContext"),
            Message = new SentryMessage
            {
                // The template groups what is one fault with other values.
                Message = logEvent.MessageTemplate.Text,
                Formatted = logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture),
            },
        };
        var circuit = Text(logEvent, Circuit);
        if (circuit is not null)
        {
            report.SetTag("circuit", circuit);
        }

        // A fault of a timer or of the change feed is logged by the circuit, outside of anything its person did.
        if ((Text(logEvent, User) ?? _owners.Of(circuit)) is { } user)
        {
            report.User = new SentryUser { Id = user };
        }

        if (logEvent.TraceId is { } trace)
        {
            report.SetTag("trace", trace.ToHexString());
        }

        _client.CaptureEvent(report);
    }

    public async ValueTask DisposeAsync()
    {
        await _client.FlushAsync(Farewell);
        _client.Dispose();
    }

    private static SentryEvent Mask(SentryEvent report)
    {
        if (report.Message is { } message)
        {
            message.Message = Masked(message.Message);
            message.Formatted = Masked(message.Formatted);
        }

        foreach (var exception in report.SentryExceptions ?? [])
        {
            exception.Value = Masked(exception.Value);
            // Whoever throws may put anything there.
            exception.Mechanism?.Data.Clear();
        }

        return report;
    }

    private static string? Masked(string? text) => text is null ? null : PersonalData.Mask(text);

    private static string? Text(LogEvent logEvent, string property) =>
        logEvent.Properties.TryGetValue(property, out var value) && value is ScalarValue { Value: { } scalar }
            ? scalar.ToString()
            : null;
}
