using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Components.Boards.Wall;

/// <summary>
/// The address of a board on a wall: the board's own, and whether clients are named. They are not unless it is asked for:
/// such screens hang where visitors sit.
/// </summary>
internal static class WallAddress
{
    public const string Path = BoardAddress.Path + "/wall";

    private const string Clients = "clients";
    private const string Yes = "yes";

    /// <summary>True only for <c>clients=yes</c>; <c>clients=no</c>, and whatever else, hides them.</summary>
    public static bool NamesClients(Uri address) =>
        QueryHelpers.ParseQuery(address.Query).TryGetValue(Clients, out var value) && value == Yes;

    /// <summary>The wall that shows what a board was asked for.</summary>
    public static string Of(BoardAsked asked, AgencyTime time, bool namesClients = false)
    {
        var address = Path + BoardAddress.Write(asked, time)[BoardAddress.Path.Length..];
        return namesClients ? QueryHelpers.AddQueryString(address, Clients, Yes) : address;
    }
}
