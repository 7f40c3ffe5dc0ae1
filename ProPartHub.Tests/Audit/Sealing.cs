using ProPartHub.Domain.Audit;
using ProPartHub.Tests.Infrastructure;
using ProPartHub.Tests.Live;

namespace ProPartHub.Tests.Audit;

/// <summary>
/// Seals everything there is. Which transactions have ended is known for the whole server, and on it other tests run theirs
/// at the same time; so it may take some tries.
/// </summary>
internal static class Sealing
{
    public static Task SealAsync(this HubBed bed, CancellationToken cancellationToken) =>
        Eventually.IsAsync(
            async () =>
            {
                await bed.Get<AuditSealer>().SealAllAsync(cancellationToken);
                return (await bed.Get<AuditQueries>().SealAsync(bed.Ada, cancellationToken)).Waiting == 0;
            },
            cancellationToken
        );
}
