using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProPartHub.Domain.Audit;
using ProPartHub.Domain.Data;
using ProPartHub.Domain.Files;
using ProPartHub.Domain.Mail;
using ProPartHub.Domain.People.SecondFactors;
using ProPartHub.Domain.People.Sessions;
using ProPartHub.Domain.People.Verification;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Registers accounts.</summary>
public static class AccountRegistration
{
    /// <summary>
    /// Adds the account services and Identity's user manager on the hub's database. The hub's own services hold no
    /// context and serve every circuit as singletons; the user manager is scoped, for a request only.
    /// </summary>
    /// <returns>The builder, for the sign-in that belongs to the web.</returns>
    public static IdentityBuilder AddHubAccounts(this IServiceCollection services)
    {
        services
            .AddOptions<AccountOptions>()
            .BindConfiguration(AccountOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<IPasswordHasher<HubUser>, BcryptPasswordHasher>();
        services.AddSingleton<PasswordCheck>();
        services.AddSingleton<AccountCreation>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<LogIn>();
        services.AddSingleton<AccountLinks>();
        services.AddSingleton<AccountSetup>();
        services.AddSingleton<AdminInvitation>();
        services.AddSingleton<OwnAccount>();
        services.AddSingleton<PeopleDirectory>();
        services.AddSingleton<PeopleInvitation>();
        services.AddSingleton<PeopleAdmin>();
        services.AddSingleton<TeamMove>();
        services.AddSingleton<DemoPeople>();
        services.AddSingleton<AccountGuards>();
        services.AddSingleton<LogInHealth>();
        services.AddSingleton<ViewAs>();
        services.AddSingleton<UserSessions>();
        services.AddSingleton<FactorCodes>();
        services.AddSingleton<SecondFactor>();
        services.TryAddSingleton<SessionEnds>();
        services.AddHubMail();
        services.AddSingleton<PasswordResets>();
        services.AddSingleton<AddressLinks>();
        services.AddSingleton<AddressConfirmation>();
        services.AddSingleton<AddressChange>();
        services.AddSingleton<AgentRegistration>();
        services.AddSingleton<AccountHousekeeping>();
        services
            .AddOptions<VerificationOptions>()
            .BindConfiguration(VerificationOptions.Section)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddHubFiles();
        services.AddSingleton<VerificationSignal>();
        services.AddSingleton<VerificationService>();
        services.AddSingleton<VerificationReview>();
        services.AddSingleton<VerificationQueries>();
        return services
            .AddIdentityCore<HubUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.Password.RequiredLength = PasswordRules.Minimum;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Lockout.MaxFailedAccessAttempts = Lockout.Failures;
                identity.Lockout.DefaultLockoutTimeSpan = Lockout.Duration;
            })
            .AddEntityFrameworkStores<HubDbContext>();
    }
}
