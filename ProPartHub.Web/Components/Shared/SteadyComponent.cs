using Microsoft.AspNetCore.Components;

namespace ProPartHub.Web.Components.Shared;

/// <summary>
/// A component that its owner's render touches only when something it was given has changed: a page that shows a change of one lead
/// leaves its menus and filters alone. Callbacks are not looked at, since they lead to the same owner whoever made them last; a
/// component whose delegate answers differently from render to render must not be one.
/// </summary>
public abstract class SteadyComponent : ComponentBase
{
    private readonly Dictionary<string, object?> _given = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override Task SetParametersAsync(ParameterView parameters)
    {
        var isChanged = _given.Count == 0;
        foreach (var parameter in parameters)
        {
            if (!IsCallback(parameter.Value) && !Equals(_given.GetValueOrDefault(parameter.Name), parameter.Value))
            {
                _given[parameter.Name] = parameter.Value;
                isChanged = true;
            }
        }

        return isChanged ? base.SetParametersAsync(parameters) : Task.CompletedTask;
    }

    private static bool IsCallback(object? value) =>
        value is Delegate or EventCallback
        || (
            value?.GetType() is { IsGenericType: true } type
            && type.GetGenericTypeDefinition() == typeof(EventCallback<>)
        );
}
