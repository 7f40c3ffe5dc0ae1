namespace ProPartHub.Domain.Errors;

/// <summary>An input breaks a rule; nothing was stored.</summary>
public sealed class InvalidInputException(IReadOnlyList<FieldError> errors)
    : Exception($"Invalid input: {string.Join(", ", errors.Select(error => $"{error.Field}:{error.Code}"))}")
{
    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<FieldError> Errors { get; } = errors;

    /// <summary>One error at one field.</summary>
    public InvalidInputException(string field, string code)
        : this([new FieldError(field, code)]) { }
}

/// <summary>
/// The thing does not exist or the actor may not know that it does; the two are deliberately not told apart.
/// </summary>
public sealed class NotFoundException(string what) : Exception($"{what} was not found.");

/// <summary>The actor sees the thing but may not do this to it.</summary>
public class ForbiddenException(string action) : Exception($"Not allowed: {action}.");

/// <summary>The client's data were erased: nothing about the lead can be changed or added any more, by nobody.</summary>
public sealed class ClientErasedException() : ForbiddenException("changing a lead whose client was erased");
