namespace ProPartHub.Domain.Data.Server;

/// <summary>No usable PostgreSQL; the message tells a person what to do and is shown without a stack trace.</summary>
public sealed class PostgresUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
