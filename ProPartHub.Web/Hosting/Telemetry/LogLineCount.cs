using ProPartHub.Domain.Telemetry;
using Serilog.Core;
using Serilog.Events;

namespace ProPartHub.Web.Hosting.Telemetry;

/// <summary>Counts warnings and errors by their level; what they say stays in the log.</summary>
internal sealed class LogLineCount : ILogEventSink
{
    public void Emit(LogEvent logEvent)
    {
        if (logEvent.Level >= LogEventLevel.Warning)
        {
            HubMetrics.LogLines.Add(1, new KeyValuePair<string, object?>("level", logEvent.Level.ToString()));
        }
    }
}
