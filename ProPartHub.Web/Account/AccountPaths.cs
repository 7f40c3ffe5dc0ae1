using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ProPartHub.Web.Account;

/// <summary>Addresses of the account pages.</summary>
internal static class AccountPaths
{
    public const string LogIn = "/account/login";
    public const string LogOut = "/account/logout";
    public const string Denied = "/account/denied";
    public const string Setup = "/account/setup";
    public const string Manage = "/account/manage";
    public const string Security = "/account/security";
    public const string SecondFactor = "/account/second-factor";
    public const string SecondFactorSetUp = "/account/second-factor/setup";
    public const string ViewAs = "/account/view-as";
    public const string ViewAsEnd = "/account/view-as/end";
    public const string Forgotten = "/account/forgotten";
    public const string Register = "/account/register";
    public const string Confirm = "/account/confirm";
    public const string Email = "/account/email";
    public const string Verification = "/account/verification";
    public const string Notifications = "/account/notifications";
    public const string Unsubscribe = "/account/unsubscribe";
    public const string Documents = "/verification/documents/";
    public const string Demo = "/account/demo";

    /// <summary>Name of the query value that holds where to go after the log-in.</summary>
    public const string ReturnUrl = "returnUrl";

    // Any host does: of the address only what follows it is kept.
    private static readonly Uri Portal = new("https://portal");

    /// <summary>Where somebody who is logged in proves again who they are, to come back to the security of the account.</summary>
    public static string Again => $"{WithReturn(LogIn, Security)}&again=1";

    /// <summary>Where somebody ends whose identity provider did not confirm anew who they are.</summary>
    public const string Unproved = $"{Security}?unproved=1";

    /// <summary>The path with the address to go to afterwards.</summary>
    public static string WithReturn(string path, string? returnUrl) =>
        string.IsNullOrEmpty(returnUrl) ? path : $"{path}?{ReturnUrl}={Uri.EscapeDataString(returnUrl)}";

    /// <summary>Where a document of an agent is saved from.</summary>
    public static string Document(Guid id) => Documents + id;

    /// <summary>
    /// The address if it leads to this portal, else its first page: no log-in ends on a foreign site. Letters that somebody
    /// typed into it are escaped, as the header of a redirect takes none but those of ASCII.
    /// </summary>
    public static string Local(string? returnUrl)
    {
        if (!IsHere(returnUrl))
        {
            return "/";
        }

        // Dots in a path are resolved on the way: "/.//else.where" has become "//else.where".
        var escaped = new Uri(Portal, returnUrl).GetComponents(
            UriComponents.PathAndQuery | UriComponents.Fragment,
            UriFormat.UriEscaped
        );
        return IsHere(escaped) ? escaped : "/";
    }

    private static bool IsHere([NotNullWhen(true)] string? address) =>
        RedirectHttpResult.IsLocalUrl(address) && !address.StartsWith('~');
}
