using ProPartHub.Domain.Transfer.Legacy;
using ProPartHub.Web.Account;

namespace ProPartHub.Web.Components.Leads;

/// <summary>
/// Addresses of leads as the old portal had them, which stand in mails and notes of years. They lead to the lead's page
/// here; one that does not exist, or that the reader may not see, leads where every lead does that is not there.
/// </summary>
internal static class LegacyLeadLink
{
    private const string Pattern = "/lead/{id:int}";

    public static void MapLegacyLeadLinks(this WebApplication app)
    {
        foreach (var pattern in new[] { Pattern, $"{Pattern}/edit" })
        {
            app.MapGet(pattern, OpenAsync).RequireAuthorization().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> OpenAsync(HttpContext context, int id, LegacyLinks links)
    {
        var actor = context.Actor() ?? throw new UnauthorizedAccessException("Nobody is signed in.");
        var lead = await links.LeadAsync(actor, id, context.RequestAborted);
        return Results.LocalRedirect($"/leads/{lead ?? Guid.Empty}");
    }
}
