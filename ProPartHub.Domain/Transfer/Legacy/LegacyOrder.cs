namespace ProPartHub.Domain.Transfer.Legacy;

/// <summary>What is wanted of a run.</summary>
public sealed record LegacyOrder
{
    /// <summary>Connection string of the former portal's database; it is only read.</summary>
    public required string From { get; init; }

    /// <summary>A copy of the former portal's files; null where there is none.</summary>
    public string? Files { get; init; }

    /// <summary>False for a dry run: everything is worked out and nothing is written.</summary>
    public bool IsApplied { get; init; }

    /// <summary>Whether who is brought chooses a new password at the next sign-in.</summary>
    public bool DemandsNewPasswords { get; init; }

    /// <summary>Whether open leads without a deal wait for HubSpot from now on, as new ones do.</summary>
    public bool QueuesNewLeads { get; init; }
}

/// <summary>The run cannot begin; the message says why and what to do.</summary>
public sealed class LegacyRefusedException(string message) : Exception(message);
