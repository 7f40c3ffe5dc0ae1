namespace ProPartHub.Web.Components.Points;

/// <summary>One for the process: whether there are points at all, for the menus of every open page without a query of their own.</summary>
public sealed class PointsSwitch
{
    private volatile bool _isOn = true;

    /// <summary>Raised when points were switched on or off, on any thread.</summary>
    public event Action? Changed;

    /// <summary>False while the agency has none.</summary>
    public bool IsOn => _isOn;

    /// <summary>Takes what was read.</summary>
    public void Show(bool isOn)
    {
        if (_isOn != isOn)
        {
            _isOn = isOn;
            Changed?.Invoke();
        }
    }
}
