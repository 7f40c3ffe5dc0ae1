using Microsoft.AspNetCore.WebUtilities;
using ProPartHub.Domain.People;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.People;

/// <summary>Search, filter and page of the list of people as its address; a value that makes no sense counts as absent.</summary>
internal static class PeopleAddress
{
    public const string Path = "/admin/people";
    public const string New = $"{Path}/new";
    public const string Access = $"{Path}/access";
    public const string InviteMany = $"{Path}/invite";
    public const string GroupKey = "group";
    public const string SearchKey = "q";
    public const string RoleKey = "role";
    public const string PageKey = "page";

    public static string Person(Guid id) => $"{Path}/{id}";

    public static HealthGroup ReadGroup(string? text) =>
        Enum.TryParse<HealthGroup>(text, ignoreCase: true, out var group) && Enum.IsDefined(group)
            ? group
            : HealthGroup.Locked;

    public static string Health(HealthGroup group, int page = 1) =>
        $"{Access}?{GroupKey}={group.ToString().ToLowerInvariant()}" + (page > 1 ? $"&{PageKey}={page}" : "");

    public static PeopleQuery Read(string? search, string? role, string? page) =>
        new(
            string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
            Enum.TryParse<Role>(role, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
            PageNumber.Read(page)
        );

    public static string Export(PeopleQuery query, string? format)
    {
        var path = Write(query with { Page = 1 }, PeopleExportHosting.Path);
        return format is null ? path : QueryHelpers.AddQueryString(path, TableAnswer.Format, format);
    }

    public static string Write(PeopleQuery query, string path = Path)
    {
        var values = new Dictionary<string, string?>();
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            values[SearchKey] = query.Search;
        }

        if (query.Role is { } role)
        {
            values[RoleKey] = role.ToString().ToLowerInvariant();
        }

        if (query.Page > 1)
        {
            values[PageKey] = $"{query.Page}";
        }

        return QueryHelpers.AddQueryString(path, values);
    }
}
