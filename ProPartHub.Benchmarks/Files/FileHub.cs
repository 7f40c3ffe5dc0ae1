using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ProPartHub.Benchmarks.Data;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Leads;
using ProPartHub.Domain.People;

namespace ProPartHub.Benchmarks.Files;

/// <summary>
/// The portal's own composition over the data of a benchmark, asked without its web server and with nothing running in the
/// background, so that the heap of this process is that of the file alone.
/// </summary>
internal sealed class FileHub : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FileHub(WebApplication app, Guid leadId) => (_app, LeadId) = (app, leadId);

    /// <summary>The one lead on which all comments hang.</summary>
    public Guid LeadId { get; }

    public HubDatabase Database => _app.Services.GetRequiredService<HubDatabase>();

    /// <param name="scratch">Its database.</param>
    /// <param name="size">Events of the audit, leads, and comments on one lead more.</param>
    /// <param name="cancellationToken">Ends the seeding.</param>
    public static async Task<FileHub> StartAsync(ScratchHub scratch, int size, CancellationToken cancellationToken)
    {
        await AgencySeed.WriteAsync(scratch, size, cancellationToken);
        var stages = await scratch.Get<StageDirectory>().AllAsync(cancellationToken);
        var lead = LeadSpread.Make(1, [Person(Role.Agent)], stages, DateTimeOffset.UtcNow).Single();
        (lead.AgentId, lead.TeamId) = (null, null);
        await LeadCopy.WriteAsync(scratch, [lead], cancellationToken);
        await scratch.ExecuteAsync(
            $$"""
            SET statement_timeout = 0;
            INSERT INTO security_events (occurred_at, kind, actor_name, address, details)
            SELECT now() - number * interval '1 minute', 1, 'Олена Гнатюк ' || number % 40, '10.0.0.' || number % 250,
                '{"by": "password", "device": "Firefox, Windows"}'
            FROM generate_series(1, {{size}}) AS number;
            INSERT INTO comments (id, lead_id, author_name, body, origin, created_at)
            SELECT gen_random_uuid(), '{{lead.Id}}', 'Олена Гнатюк', repeat('Клієнт просить подзвонити. ', 8), 1,
                now() - number * interval '1 minute'
            FROM generate_series(1, {{size}}) AS number;
            ANALYZE security_events;
            ANALYZE comments;
            """,
            cancellationToken
        );
        var app = QuietPortal.Over(scratch);
        return new FileHub(app, lead.Id);
    }

    /// <summary>Has a service of the portal answer a request of an admin: each time another, since files are limited.</summary>
    /// <returns>Bytes and lines of the answer.</returns>
    public async Task<CountedStream> AnswerAsync<TService>(Func<TService, HttpContext, Task> answer)
        where TService : notnull
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var body = new CountedStream();
        var context = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            User = await PrincipalAsync(scope.ServiceProvider),
            Response = { Body = body },
        };
        context.Features.Set<IHttpBodyControlFeature>(new AnyWay());
        await answer(scope.ServiceProvider.GetRequiredService<TService>(), context);
        return context.Response.StatusCode == StatusCodes.Status200OK
            ? body
            : throw new InvalidOperationException($"The file was answered with {context.Response.StatusCode}.");
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static Task<ClaimsPrincipal> PrincipalAsync(IServiceProvider services) =>
        services.GetRequiredService<IUserClaimsPrincipalFactory<HubUser>>().CreateAsync(Person(Role.Admin));

    private static HubUser Person(Role role) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            UserName = "person",
            DisplayName = "Person",
            Role = role,
        };

    // The web server's: the stream takes what is written either way.
    private sealed class AnyWay : IHttpBodyControlFeature
    {
        public bool AllowSynchronousIO { get; set; }
    }
}
