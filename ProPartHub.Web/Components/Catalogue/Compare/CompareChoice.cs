using ProPartHub.Domain.Catalogue;

namespace ProPartHub.Web.Components.Catalogue.Compare;

/// <summary>Which properties a person is about to compare, on whichever pages they were ticked; ends with the circuit.</summary>
internal sealed class CompareChoice
{
    private readonly List<long> _numbers = [];

    /// <summary>Called after each change.</summary>
    public event Action? Changed;

    /// <summary>Their numbers, as they were ticked.</summary>
    public IReadOnlyList<long> Numbers => _numbers;

    /// <summary>True when no more can be added.</summary>
    public bool IsFull => _numbers.Count >= CatalogueQueries.MostCompared;

    /// <summary>Puts one in or takes it out; nothing where there is no room.</summary>
    public void Toggle(long number)
    {
        if (_numbers.Remove(number))
        {
            Changed?.Invoke();
        }
        else if (!IsFull)
        {
            _numbers.Add(number);
            Changed?.Invoke();
        }
    }

    /// <summary>Takes these in place of what was chosen, as the address of a comparison names them.</summary>
    public void Set(IEnumerable<long> numbers)
    {
        _numbers.Clear();
        _numbers.AddRange(numbers.Distinct().Take(CatalogueQueries.MostCompared));
        Changed?.Invoke();
    }
}
