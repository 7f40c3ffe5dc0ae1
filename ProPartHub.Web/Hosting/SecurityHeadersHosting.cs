namespace ProPartHub.Web.Hosting;

internal static class SecurityHeadersHosting
{
    /// <summary>Policy of what the portal's own pages show in a frame.</summary>
    public const string Framed = "Framed";

    private static readonly TimeSpan HstsAge = TimeSpan.FromDays(365);

    public static void AddHubSecurityHeaders(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddSecurityHeaderPolicies()
            .SetDefaultPolicy(
                Common(builder)
                    .AddFrameOptionsDeny()
                    // The only place that says who may frame the portal: Blazor's own header is off (BlazorHosting).
                    .AddContentSecurityPolicy(csp => ContentSecurity(csp).AddFrameAncestors().None())
            )
            .AddPolicy(
                Framed,
                Common(builder)
                    .AddFrameOptionsSameOrigin()
                    .AddContentSecurityPolicy(csp => ContentSecurity(csp).AddFrameAncestors().Self())
            );
        // X-Frame-Options is set above for every answer; antiforgery would set its own on some.
        builder.Services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }

    private static HeaderPolicyCollection Common(WebApplicationBuilder builder)
    {
        var headers = new HeaderPolicyCollection()
            .AddContentTypeOptionsNoSniff()
            // Not "no-referrer": with it browsers send "Origin: null" on form posts, which the origin check refuses.
            .AddReferrerPolicyStrictOriginWhenCrossOrigin()
            .AddPermissionsPolicy(Permissions)
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
            .RemoveServerHeader();
        if (!builder.Environment.IsDevelopment())
        {
            headers.AddStrictTransportSecurityMaxAgeIncludeSubDomains((int)HstsAge.TotalSeconds);
        }

        return headers;
    }

    public static void UseHubSecurityHeaders(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(KeepPagesOutOfCaches, context.Response);
                return next(context);
            }
        );
    }

    // Pages show clients' names: neither a proxy nor the "back" after the log-out may bring them back.
    private static Task KeepPagesOutOfCaches(object state)
    {
        var response = (HttpResponse)state;
        if (response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            response.Headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }

    private static CspBuilder ContentSecurity(CspBuilder csp)
    {
        csp.AddDefaultSrc().Self();
        csp.AddScriptSrc().Self();
        // MudBlazor positions popovers and sizes columns through style attributes; scripts stay strict.
        csp.AddStyleSrc().Self().UnsafeInline();
        csp.AddImgSrc().Self().Data();
        csp.AddFontSrc().Self();
        csp.AddManifestSrc().Self();
        // 'self' covers the circuit's WebSocket on the same origin.
        csp.AddConnectSrc().Self();
        csp.AddObjectSrc().None();
        // PDF is shown in the page.
        csp.AddFrameSrc().Self();
        csp.AddBaseUri().Self();
        csp.AddFormAction().Self();
        return csp;
    }

    private static void Permissions(PermissionsPolicyBuilder policy)
    {
        policy.AddCamera().None();
        policy.AddMicrophone().None();
        policy.AddGeolocation().None();
        policy.AddDisplayCapture().None();
        policy.AddPayment().None();
        policy.AddUsb().None();
        policy.AddSerialPermissions().None();
        policy.AddHid().None();
        // Passkeys.
        policy.AddPublickeyCredentialsCreate().Self();
        policy.AddPublickeyCredentialsGet().Self();
    }
}
