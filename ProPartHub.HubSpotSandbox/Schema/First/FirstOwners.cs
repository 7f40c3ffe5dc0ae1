namespace ProPartHub.HubSpotSandbox.Schema.First;

/// <summary>Made-up people of the head office; two have left, and their records still name them.</summary>
internal static class FirstOwners
{
    private const string Made = "2025-03-03T09:20:11.305Z";

    private static readonly OwnerTeam Dubai = new("4410021", "Дубай", Primary: true);
    private static readonly OwnerTeam Europe = new("4410022", "Європа", Primary: true);

    public static IReadOnlyList<Owner> All { get; } =
    [
        Active("81544101", 71004501, "Олена", "Шевчук", "olena", Dubai),
        Active("81544102", 71004502, "Андрій", "Єременко", "andrii", Dubai),
        Active("81544103", 71004503, "Софія", "Їжакевич", "sofiia", Dubai),
        Active("81544104", 71004504, "Oliver", "Hartley", "oliver", Europe),
        Active("81544105", 71004505, "Дарина", "Мельничук", "daryna", Europe),
        Active("81544106", 71004506, "Emma", "Castellano", "emma", Europe),
        Active("81544107", 71004507, "Юрій", "Ґалаґан", "yurii"),
        Left("81544108", 71004508, "Юлія", "Шевчук", "yuliia.shevchuk"),
        Left("81544109", 71004509, "Peter", "Langley", "peter.langley"),
    ];

    private static Owner Active(
        string id,
        long userId,
        string firstName,
        string lastName,
        string mailbox,
        params IReadOnlyList<OwnerTeam> teams
    ) =>
        new(
            id,
            "PERSON",
            $"{mailbox}@propart.example.com",
            firstName,
            lastName,
            userId,
            userId,
            teams,
            Made,
            Made,
            Archived: false
        );

    private static Owner Left(string id, long userId, string firstName, string lastName, string mailbox) =>
        Active(id, userId, firstName, lastName, mailbox) with
        {
            UserId = null,
            Archived = true,
        };
}
