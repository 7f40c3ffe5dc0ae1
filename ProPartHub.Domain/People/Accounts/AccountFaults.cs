using FluentValidation.Results;

namespace ProPartHub.Domain.People.Accounts;

/// <summary>Failures found outside a validator, in the same shape.</summary>
internal static class AccountFaults
{
    public static ValidationFailure At(string field, AccountFault fault) =>
        new(field, fault.ToString()) { ErrorCode = fault.ToString() };

    public static ValidationResult Only(string field, AccountFault fault) => new([At(field, fault)]);
}
