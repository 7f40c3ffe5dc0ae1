using System.Globalization;
using ProPartHub.Domain.Audit;

namespace ProPartHub.Web.Hosting;

/// <summary>
/// <c>verify-audit [--head HEX]</c>: walks the chain of seals over all events and says up to where they are as they were
/// written, or which was changed, removed or put in first. With a head written down earlier it also says whether that one
/// is still in the chain.
/// </summary>
internal static class VerifyAuditCommand
{
    public const string Name = "verify-audit";

    /// <summary>Runs the command against the configured database, without serving pages.</summary>
    /// <returns>The exit code: 0 intact, 1 not.</returns>
    public static async Task<int> RunAsync(
        IServiceProvider services,
        string[] options,
        TextWriter output,
        CancellationToken cancellationToken
    )
    {
        var arguments = new ConfigurationBuilder().AddCommandLine(options).Build();
        var verdict = await services
            .GetRequiredService<AuditVerification>()
            .VerifyAsync(arguments["head"], cancellationToken);
        await output.WriteLineAsync(Words(verdict));
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Content erased on record: {verdict.Erased} events. Not sealed yet: {verdict.Waiting} events."
            )
        );
        if (verdict.Head.Length > 0)
        {
            await output.WriteLineAsync($"Head, to be kept elsewhere: {verdict.Head}");
        }

        return verdict.Fault is null ? 0 : 1;
    }

    private static string Words(AuditVerdict verdict)
    {
        var upTo = verdict.SealedAt is { } at
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"intact up to link {verdict.IntactUpTo} of {at:yyyy-MM-dd HH:mm:ss} UTC"
            )
            : "no link is intact";
        return verdict.Fault is { } fault ? $"NOT INTACT, {upTo}; then {Explain(fault)}"
            : verdict.IntactUpTo == 0 ? "Intact: nothing is sealed yet."
            : $"Intact: {upTo}.";
    }

    private static string Explain(AuditFault fault)
    {
        var row = $"{(fault.Source is AuditSource.Security ? "security_events" : "lead_events")} {fault.EventId}";
        return fault.Kind switch
        {
            AuditFaultKind.Changed => $"{row} (link {fault.Position}) was changed.",
            AuditFaultKind.Missing => $"{row} (link {fault.Position}) is missing.",
            AuditFaultKind.Inserted => $"{row} was put in among events that were sealed already.",
            AuditFaultKind.ErasedOffRecord =>
                $"{row} (link {fault.Position}) lost its content without an erasure on record.",
            AuditFaultKind.Chain => $"link {fault.Position} of the chain was changed or is missing.",
            _ => "the chain ends elsewhere, or holds another head, than was written down.",
        };
    }
}
