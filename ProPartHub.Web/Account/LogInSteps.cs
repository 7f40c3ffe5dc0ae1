using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Hosting;

namespace ProPartHub.Web.Account;

/// <summary>Goes on after a try to log in: gives the session, or leads to the next step.</summary>
internal sealed class LogInSteps(
    HubSignIn signIn,
    PendingLogIn pending,
    AccountLinks links,
    IHttpContextAccessor http,
    TimeProvider time
)
{
    /// <summary>Does what the result asks for.</summary>
    /// <param name="result">How the try went.</param>
    /// <param name="returnUrl">Where the person wanted to go.</param>
    /// <returns>Where to send the browser; null for a refusal.</returns>
    public Task<string?> GoOnAsync(LogInResult result, string? returnUrl) =>
        GoOnAsync(result, returnUrl, time.GetUtcNow());

    /// <summary>The same for who proved it elsewhere.</summary>
    /// <param name="result">How the try went.</param>
    /// <param name="returnUrl">Where the person wanted to go.</param>
    /// <param name="provedAt">When they did there (UTC); null where that is not known.</param>
    /// <returns>Where to send the browser; null for a refusal.</returns>
    public async Task<string?> GoOnAsync(LogInResult result, string? returnUrl, DateTimeOffset? provedAt)
    {
        if (result.User is not { } user)
        {
            return null;
        }

        switch (result.Step)
        {
            case LogInStep.CodeNeeded:
                await pending.StartAsync(user);
                return AccountPaths.WithReturn(AccountPaths.SecondFactor, returnUrl);
            case LogInStep.SetUpNeeded:
                await pending.StartAsync(user);
                return AccountPaths.WithReturn(AccountPaths.SecondFactorSetUp, returnUrl);
            case LogInStep.NewPasswordNeeded:
                await pending.EndAsync();
                return $"{AccountPaths.Setup}?token={Uri.EscapeDataString(links.ForOwner(user))}";
            default:
                await pending.EndAsync();
                await signIn.StartAsync(user, result.Method, provedAt);
                http.HttpContext!.RememberLanguage(user.Culture);
                return AccountPaths.Local(returnUrl);
        }
    }
}
