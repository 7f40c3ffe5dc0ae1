using ProPartHub.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);

builder.AddHubOptions();
builder.AddHubLogging();
builder.AddHubForwardedHeaders();
builder.AddHubSecurityHeaders();
builder.AddHubAuthorization();
builder.AddHubLocalization();
builder.AddHubHealth();
builder.AddHubBlazor();

var app = builder.Build();
if (!app.HasCompleteSettings())
{
    return 1;
}

app.UseForwardedHeaders();
app.UseHubSecurityHeaders();
app.UseHubRequestLogging();
app.UseHubErrorPages();
app.UseNoCircuitsWhileStopping();
app.UseOriginCheck();
app.UseRequestLocalization();
app.UseAuthentication();
app.UseHubLogIdentity();
app.UseAuthorization();
app.UseAntiforgery();

app.MapStaticAssets();
app.MapHubHealth();
app.MapHubLanguage();
app.MapHubBlazor();

await app.RunAsync();
return 0;
