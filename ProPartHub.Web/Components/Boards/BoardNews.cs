using ProPartHub.Web.Components.Shared;

namespace ProPartHub.Web.Components.Boards;

/// <summary>
/// What others moved, for those who listen and do not look: gathered while <see cref="LateRefresh"/> waits, and never more
/// than a few sentences at once, so that a busy morning does not talk without end.
/// </summary>
internal sealed class BoardNews
{
    /// <summary>Most moves that are told one by one.</summary>
    public const int Most = 3;

    private readonly List<string> _waiting = [];
    private int _more;

    /// <summary>Somebody moved a card.</summary>
    public void Add(string sentence)
    {
        if (_waiting.Count < Most)
        {
            _waiting.Add(sentence);
        }
        else
        {
            _more++;
        }
    }

    /// <summary>What has gathered, and how many moves beyond it; then it is empty.</summary>
    public (IReadOnlyList<string> Sentences, int More) Take()
    {
        var taken = (_waiting.ToList(), _more);
        _waiting.Clear();
        _more = 0;
        return taken;
    }
}
