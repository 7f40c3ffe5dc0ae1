namespace ProPartHub.Domain.Data.Server;

/// <summary>
/// The database cannot be used as things are, and the message says in plain words what a person has to do about it.
/// A host prints <see cref="Exception.Message"/> alone, without the stack trace, and ends with a non-zero exit code.
/// </summary>
public sealed class PostgresUnavailableException : Exception
{
    /// <summary>An error with the words for the person who started the process.</summary>
    public PostgresUnavailableException(string message)
        : base(message) { }

    /// <summary>An error with the words for the person who started the process, and its technical cause.</summary>
    public PostgresUnavailableException(string message, Exception? cause)
        : base(message, cause) { }
}
