namespace ProPartHub.Domain.People.Verification;

/// <summary>Why a request or a decision was not taken.</summary>
public enum VerificationFault
{
    /// <summary>The agent is verified already.</summary>
    NotNeeded = 1,

    /// <summary>There is a request that waits for a decision.</summary>
    Waiting,

    /// <summary>No document was handed in.</summary>
    NoDocuments,

    /// <summary>More than <see cref="VerificationService.MostDocuments"/>.</summary>
    TooMany,

    /// <summary>A document larger than <see cref="VerificationService.LargestDocument"/>.</summary>
    TooLarge,

    /// <summary>No PDF, JPEG or PNG, or not what its name claims.</summary>
    WrongType,

    /// <summary>No folder is set for documents.</summary>
    NoFolder,

    /// <summary>Longer than <see cref="VerificationRequest.WordsLength"/>.</summary>
    TooLong,

    /// <summary>Somebody has decided it meanwhile.</summary>
    Decided,

    /// <summary>No percentage from 0 to 100 with at most two decimals.</summary>
    RateWrong,

    /// <summary>The agent must be told why.</summary>
    WordsMissing,
}
