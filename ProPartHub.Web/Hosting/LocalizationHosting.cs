using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using MudBlazor;
using ProPartHub.Domain.Data;
using ProPartHub.Web.Account;
using ProPartHub.Web.Components.Catalogue.Sharing;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Hosting;

internal static class LocalizationHosting
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(365);

    public static void AddHubLocalization(this WebApplicationBuilder builder)
    {
        builder.Services.AddLocalization();
        builder.Services.AddSingleton(typeof(IStringLocalizer<>), typeof(RememberedTexts<>));
        // Ukrainian as it is read, not as &#x..; in six characters for one. What HTML is made of is still written so.
        builder.Services.Configure<WebEncoderOptions>(options =>
            options.TextEncoderSettings = new TextEncoderSettings(
                UnicodeRanges.BasicLatin,
                UnicodeRanges.Latin1Supplement,
                UnicodeRanges.Cyrillic,
                UnicodeRanges.GeneralPunctuation,
                UnicodeRanges.CurrencySymbols,
                UnicodeRanges.Arrows
            )
        );
        builder.Services.AddSingleton<AgencyTime>();
        builder.Services.AddSingleton(provider => new AgencyCalendar(
            TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<IOptions<HubOptions>>().Value.TimeZone)
        ));
        builder.Services.AddTransient<MudLocalizer, MudTranslations>();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Languages.Default.Culture);
            options.SupportedCultures = [.. Languages.All.Select(language => language.Culture)];
            options.SupportedUICultures = options.SupportedCultures;
            // The language is a person's choice in the portal, not a guess from the browser: most Ukrainian agents'
            // phones and browsers say English.
            options.RequestCultureProviders =
            [
                new CookieRequestCultureProvider(),
                new CustomRequestCultureProvider(SharedEndpoints.LanguageAsync),
            ];
        });
    }

    /// <summary><c>/culture?c=en&amp;returnUrl=/leads</c> remembers the language and goes back to the page.</summary>
    public static void MapHubLanguage(this WebApplication app) =>
        app.MapGet("/culture", Choose).AllowAnonymous().ExcludeFromDescription();

    private static Results<RedirectHttpResult, BadRequest> Choose(HttpContext context, string? c, string? returnUrl)
    {
        if (Languages.Find(c) is not { } language)
        {
            return TypedResults.BadRequest();
        }

        context.RememberLanguage(language.Code);
        return TypedResults.LocalRedirect(AccountPaths.Local(returnUrl));
    }

    /// <summary>Shows this browser the portal in a language from the next request on; ignores an unknown one.</summary>
    public static void RememberLanguage(this HttpContext context, string code)
    {
        if (Languages.Find(code) is { } language)
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language.Culture)),
                new CookieOptions
                {
                    MaxAge = Remembered,
                    HttpOnly = true,
                    IsEssential = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = context.Request.IsHttps,
                }
            );
        }
    }
}
