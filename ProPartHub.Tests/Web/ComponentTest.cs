using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using ProPartHub.Domain.Leads;
using ProPartHub.Web.Components.Layout;
using ProPartHub.Web.Components.Points;
using ProPartHub.Web.Components.Shared;
using ProPartHub.Web.Components.Verification;
using ProPartHub.Web.Hosting;
using ProPartHub.Web.Localization;
using Xunit;

namespace ProPartHub.Tests.Web;

/// <summary>A bUnit context with what the shell gives every component, a clock of its own, and a language.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    private readonly (CultureInfo Culture, CultureInfo Texts) _before = (
        CultureInfo.CurrentCulture,
        CultureInfo.CurrentUICulture
    );

    protected ComponentTest()
    {
        // A busy machine may need long for what takes milliseconds; a wait ends as soon as its wish is met.
        DefaultWaitTimeout = TimeSpan.FromMinutes(1);
        Speak(Languages.Default.Code);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddScoped<ISnackbar>(services => new LastingSnackbar(
            ActivatorUtilities.CreateInstance<SnackbarService>(services)
        ));
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton(Options.Create(new HubOptions()));
        Services.AddSingleton<AgencyTime>();
        Services.AddSingleton<StatusBarState>();
        Services.AddSingleton<WaitingVerifications>();
        Services.AddSingleton<PointsSwitch>();
        Services.AddScoped<MinuteTick>();
        Services.AddSingleton(Book);
    }

    /// <summary>A Monday noon in Kyiv.</summary>
    protected FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));

    /// <summary>What fields offer: the agency's own options unless a test puts others in.</summary>
    protected LeadOptionBook Book { get; } = new();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    protected static void Speak(string code)
    {
        var language = Languages.Find(code)!;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language.Culture;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        await base.DisposeAsyncCore();
    }
}
