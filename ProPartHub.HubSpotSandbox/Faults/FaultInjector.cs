namespace ProPartHub.HubSpotSandbox.Faults;

/// <summary>Holds the faults asked for and picks the one, if any, that befalls a call. Thread-safe.</summary>
public sealed class FaultInjector(SandboxOptions options)
{
    private readonly Lock _gate = new();
    private readonly List<ActiveFault> _faults = [];
    private readonly Random _random = new(options.Seed.Random);
    private int _lastId;

    /// <summary>Arms a fault and gives the id by which it can be taken back.</summary>
    public int Add(Fault fault)
    {
        lock (_gate)
        {
            _faults.Add(new ActiveFault(++_lastId, fault));
            return _lastId;
        }
    }

    public bool Remove(int id)
    {
        lock (_gate)
            return _faults.RemoveAll(active => active.Id == id) > 0;
    }

    public void Clear()
    {
        lock (_gate)
            _faults.Clear();
    }

    /// <summary>The armed faults with how many calls each has met and disturbed.</summary>
    public IReadOnlyList<FaultState> List()
    {
        lock (_gate)
            return
            [
                .. _faults.Select(active => new FaultState(active.Id, active.Fault, active.Seen, active.Disturbed)),
            ];
    }

    /// <summary>The first armed fault that applies; every matching fault counts the call.</summary>
    internal Fault? Pick(string method, string path)
    {
        lock (_gate)
        {
            var applying = _faults.Where(active => active.Matches(method, path)).Where(Applies).ToList();
            if (applying is not [var first, ..])
                return null;

            first.Disturbed++;
            return first.Fault;
        }
    }

    private bool Applies(ActiveFault active)
    {
        active.Seen++;
        return active.Seen > active.Fault.Skip
            && (active.Fault.Times is not { } times || active.Disturbed < times)
            && (active.Fault.Percent >= 100 || _random.Next(100) < active.Fault.Percent);
    }

    private sealed class ActiveFault(int id, Fault fault)
    {
        public int Id { get; } = id;
        public Fault Fault { get; } = fault;
        public int Seen { get; set; }
        public int Disturbed { get; set; }

        public bool Matches(string method, string path) =>
            (Fault.Method is null || string.Equals(Fault.Method, method, StringComparison.OrdinalIgnoreCase))
            && (Fault.Path is null || path.Contains(Fault.Path, StringComparison.OrdinalIgnoreCase));
    }
}

public sealed record FaultState(int Id, Fault Fault, int Seen, int Disturbed);
