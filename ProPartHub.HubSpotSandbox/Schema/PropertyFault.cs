using System.Text.Json;
using ProPartHub.HubSpotSandbox.Http;

namespace ProPartHub.HubSpotSandbox.Schema;

/// <summary>Why one property's value was refused.</summary>
internal sealed record PropertyFault(string Property, string Code, string Message)
{
    public static PropertyFault Unknown(string property) =>
        new(property, "PROPERTY_DOESNT_EXIST", $"Property \"{property}\" does not exist");

    public static PropertyFault ReadOnly(string property) =>
        new(property, "READ_ONLY_VALUE", $"\"{property}\" is a read only property; its value cannot be set.");

    public static PropertyFault Taken(string property, string value, string holderId) =>
        new(
            property,
            "CONFLICTING_UNIQUE_VALUE",
            $"Cannot set PropertyValueCoordinates value {value} on this object. {holderId} already has that value."
        );

    /// <summary>All faults of a write as one answer; HubSpot repeats the list as JSON inside the message.</summary>
    public static ApiError ToError(IReadOnlyList<PropertyFault> faults, long portalId)
    {
        var list = faults.Select(fault => new
        {
            isValid = false,
            message = fault.Message,
            error = fault.Code,
            name = fault.Property,
            localizedErrorMessage = fault.Message,
            portalId,
        });
        return ApiError.Validation(
            $"Property values were not valid: {JsonSerializer.Serialize(list, SandboxJson.Options)}"
        ) with
        {
            Errors =
            [
                .. faults.Select(fault => new ApiErrorDetail(fault.Message)
                {
                    Code = fault.Code,
                    Context = new Dictionary<string, IReadOnlyList<string>> { ["propertyName"] = [fault.Property] },
                }),
            ],
        };
    }
}
