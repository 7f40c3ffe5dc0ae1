namespace ProPartHub.Tests.Mail;

internal static class Addresses
{
    /// <summary>Path and query of a redirect's target, which may be relative.</summary>
    public static string PathAndQuery(this Uri location) =>
        location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
}
