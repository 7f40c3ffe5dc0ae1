namespace ProPartHub.Tests.Gallery;

/// <summary>A page as the gallery shows it.</summary>
/// <param name="Name">Begins the names of its pictures.</param>
/// <param name="Title">Heading in <c>docs/gallery.md</c>.</param>
/// <param name="Person">The demo person who looks; empty for nobody.</param>
/// <param name="Address">Where it is; <c>{lead}</c> and <c>{person}</c> stand for ids,
/// <c>{draft}</c> and <c>{import}</c> for those of an import that has just begun and of one that is done,
/// <c>{number}</c> and <c>{double}</c> for the numbers of two leads of one client, <c>{property}</c> for that of a property,
/// <c>{shared}</c> for the secret of a link to one.</param>
/// <param name="Loaded">What a person sees once it is there.</param>
internal sealed record GalleryPage(string Name, string Title, string Person, string Address, string Loaded)
{
    private const string Admin = "admin.demo";
    private const string Agent = "olena";
    private const string TeamLead = "taras";

    // What adds one, at the head of a page.
    private const string NewOne = "main header .button-primary";
    private const string NewForm = "main .rule-form[aria-labelledby^=form]";

    /// <summary>What is clicked before the picture is taken, if anything.</summary>
    public string? Click { get; init; }

    /// <summary>What a person sees once the click has done its work.</summary>
    public string? Opens { get; init; }

    /// <summary>All of them, in the order of a working day.</summary>
    public static IReadOnlyList<GalleryPage> All { get; } =
    [
        new("login", "Signing in", "", "/account/login", "main form"),
        new("register", "Registering as an agent", "", "/account/register", "main form"),
        new("today", "Today, for an agent", Agent, "/", "main .agenda li"),
        new("today-team", "Today, for a manager", TeamLead, "/", "main .team tbody tr"),
        new("board", "The board", TeamLead, "/board", "main .card"),
        new("wall", "The board on a wall", TeamLead, "/board/wall", "main .wall-column, .wall .wall-column"),
        new("board-days", "The board by follow-ups", Agent, "/board?by=followup", "main .card"),
        new("leads", "The list of leads", TeamLead, "/leads", "main tr.row"),
        new("leads-filters", "Filters of the list", TeamLead, "/leads", "main tr.row")
        {
            Click = "[aria-controls=filters-panel]",
            Opens = "#filters-panel",
        },
        new("lead", "A lead", Agent, "/leads/{lead}", "main .facts"),
        new("lead-edit", "Changing a lead", Agent, "/leads/{lead}", "main .facts")
        {
            Click = "main [data-command=Edit]",
            Opens = "main form fieldset",
        },
        new("document", "A document of a lead", Agent, "/leads/{lead}", "main .document-title")
        {
            Click = "main .document-title",
            Opens = ".lightbox-view img",
        },
        new("properties", "The property catalogue", TeamLead, "/properties", "main .property"),
        new("property", "A property and the leads whom it fits", Agent, "/properties/{property}", "main .matches-list"),
        new("property-shared", "What a client sees of it", "", "/shared/{shared}", "main .shared img"),
        new(
            "property-compare",
            "Properties side by side",
            Agent,
            "/properties/compare?n=1001&n=1003&n=1008",
            "main .comparison"
        ),
        new("property-new", "Adding a property", TeamLead, "/properties/new", "main form"),
        new("merge", "Two leads of one client", Agent, "/leads/{number}/merge/{double}", "main .merge-head"),
        new("lead-new", "Registering a lead", Agent, "/leads/new", "main form"),
        new("import-file", "A file of leads", TeamLead, "/leads/import", "main #import-file"),
        new(
            "import-columns",
            "What its columns say",
            TeamLead,
            "/leads/import?id={draft}&step=columns",
            "main .column-understood"
        ),
        new("import-result", "What came of it", TeamLead, "/leads/import?id={import}&step=result", "main .problems li"),
        new("palette", "Finding anything", TeamLead, "/leads", "main tr.row")
        {
            Click = "[data-command=Palette]",
            Opens = "#palette-text",
        },
        new("notifications", "Notifications", Agent, "/notifications", "main h1"),
        new("points", "Points, levels and ranking", Agent, "/points", "main h1"),
        new("templates", "Message templates", Agent, "/templates", "main .rule-card"),
        new("template-new", "Writing a template", Agent, "/templates", "main .rule-card")
        {
            Click = NewOne,
            Opens = NewForm,
        },
        new("knowledge", "The knowledge base", Agent, "/knowledge", "main .shelf"),
        new("article", "An article", Agent, "/knowledge/1", "main .article-body"),
        new("article-edit", "Writing an article", TeamLead, "/knowledge/1/edit", "main .writer textarea"),
        new("article-readers", "Who has read an article", TeamLead, "/knowledge/1", "main .readers .chip")
        {
            Click = "main .readers .chip",
            Opens = "main .readers li",
        },
        new("claims-own", "Clients asked for", Agent, "/claims", "main h1"),
        new("reports", "Reports", TeamLead, "/reports", "main .report-table"),
        new("rules", "Service levels, working time and birthdays", TeamLead, "/admin/rules", "main .rule-card"),
        new("rule-new", "Adding a service level", Admin, "/admin/rules", "main .rule-card")
        {
            Click = NewOne,
            Opens = NewForm,
        },
        new("assignment", "Who gets new leads", Admin, "/admin/assignment", "main .rule-card"),
        new("assignment-new", "Adding a rule of assignment", Admin, "/admin/assignment", "main .rule-card")
        {
            Click = NewOne,
            Opens = NewForm,
        },
        new("claims", "Deciding who has a client", TeamLead, "/admin/claims", "main h1"),
        new("points-rules", "Rules of points", Admin, "/admin/points", "main form"),
        new("availability", "Absence and share of new leads", Agent, "/availability", "main h1"),
        new("people", "People", Admin, "/admin/people", "main table.people"),
        new("person", "A person", Admin, "/admin/people/{person}", "main h1"),
        new("invite", "Inviting many at once", Admin, "/admin/people/invite", "main #many-text"),
        new("access", "Health of sign-ins", Admin, "/admin/people/access", "main h1"),
        new("verification", "The queue of verification", Admin, "/admin/verification", "main h1"),
        new("sync", "HubSpot", Admin, "/admin/sync", "main h1"),
        new("audit", "Audit", Admin, "/admin/audit", "main table"),
        new("system", "How the portal runs", Admin, "/admin/system", "main .work li"),
        new("backups", "Backups", Admin, "/admin/backups", "main .guide"),
        new("mails", "Mails sent", Admin, "/admin/mails", "main h1"),
        new("profile", "One's profile", Agent, "/account/manage", "main form"),
        new(
            "notification-settings",
            "What one is told, and the calendar",
            Agent,
            "/account/notifications",
            "main form"
        ),
        new("security", "Password, second factor, passkeys and sessions", Agent, "/account/security", "main h1"),
        new("missing", "A page that is not there", Agent, "/no/such/page", "h1"),
    ];
}
