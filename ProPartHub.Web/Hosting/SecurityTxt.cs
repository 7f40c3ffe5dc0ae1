using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ProPartHub.Web.Hosting;

/// <summary>Tells whom to write to about a weakness (RFC 9116).</summary>
internal static class SecurityTxt
{
    public const string Path = "/.well-known/security.txt";

    // Readers take a file past its day for forgotten; this one is made anew with each answer.
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(90);

    public static void MapSecurityTxt(this WebApplication app) =>
        app.MapGet(Path, Get).AllowAnonymous().ExcludeFromDescription();

    private static Results<ContentHttpResult, NotFound> Get(IOptions<HubOptions> options, TimeProvider time)
    {
        if (options.Value.SecurityContact is not { } contact)
        {
            return TypedResults.NotFound();
        }

        var expires = (time.GetUtcNow().UtcDateTime.Date + Lasts).ToString(
            "yyyy-MM-ddTHH:mm:ssZ",
            CultureInfo.InvariantCulture
        );
        var canonical = options.Value.PublicUrl is { } url ? $"Canonical: {new Uri(url, Path)}\n" : "";
        return TypedResults.Text(
            $"Contact: {contact.OriginalString}\nExpires: {expires}\nPreferred-Languages: uk, en\n{canonical}",
            "text/plain; charset=utf-8"
        );
    }
}
