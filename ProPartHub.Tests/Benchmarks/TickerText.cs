namespace ProPartHub.Tests.Benchmarks;

/// <summary>What every open <see cref="Ticker"/> shows.</summary>
public sealed class TickerText
{
    public event Action? Changed;

    public string Value { get; private set; } = "нічого";

    public int Subscribers => Changed?.GetInvocationList().Length ?? 0;

    public void Show(string text)
    {
        Value = text;
        Changed?.Invoke();
    }

    public void Throw() => throw new InvalidOperationException("The button is broken.");
}
