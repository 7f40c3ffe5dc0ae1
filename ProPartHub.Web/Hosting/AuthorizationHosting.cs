namespace ProPartHub.Web.Hosting;

internal static class AuthorizationHosting
{
    /// <summary>Who is asking reaches every component as a cascading value; sign-in adds its schemes to this.</summary>
    public static void AddHubAuthorization(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddCascadingAuthenticationState();
    }
}
