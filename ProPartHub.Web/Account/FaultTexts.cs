using FluentValidation.Results;
using Microsoft.Extensions.Localization;
using ProPartHub.Domain.People.Accounts;
using ProPartHub.Web.Localization;

namespace ProPartHub.Web.Account;

internal static class FaultTexts
{
    /// <summary>What is wrong with a field, in the language of the request; null when nothing is.</summary>
    public static string? For(this IStringLocalizer<AccountTexts> texts, ValidationResult? faults, string field) =>
        faults?.Errors.Find(fault => fault.PropertyName == field) is { } fault
            ? texts[$"Fault_{fault.ErrorCode}", PasswordRules.Minimum, PasswordRules.Maximum].Value
            : null;
}
