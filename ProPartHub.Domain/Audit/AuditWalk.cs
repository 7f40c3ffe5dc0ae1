namespace ProPartHub.Domain.Audit;

/// <summary>One walk along the chain: where it stands and what it met.</summary>
internal sealed class AuditWalk(string? expectedHead)
{
    private bool _hasMetExpected = expectedHead is null;

    /// <summary>The last link that was as it should be.</summary>
    public long Position { get; private set; }

    /// <summary>That link's hash.</summary>
    public byte[] Head { get; private set; } = [];

    /// <summary>When that link was added (UTC).</summary>
    public DateTimeOffset? SealedAt { get; private set; }

    /// <summary>Events with content erased on record.</summary>
    public long Erased { get; private set; }

    /// <summary>The first thing wrong.</summary>
    public AuditFault? Fault { get; private set; }

    /// <summary>Takes the next link.</summary>
    /// <param name="seal">The link.</param>
    /// <param name="content">Its event as it is now; null when it is gone.</param>
    /// <param name="erasures">Erasures on record.</param>
    public void Step(AuditSeal seal, AuditContent? content, IReadOnlySet<long> erasures)
    {
        if (FaultOf(seal, content, erasures) is { } kind)
        {
            Fault =
                kind is AuditFaultKind.Chain
                    ? new AuditFault(kind, Position + 1, null, 0)
                    : new AuditFault(kind, seal.Position, seal.Source, seal.EventId);
            return;
        }

        (Position, Head, SealedAt) = (seal.Position, seal.Hash, seal.SealedAt);
        Erased += seal.WhoSalt is null || seal.WhatSalt is null ? 1 : 0;
        _hasMetExpected |= Convert.ToHexStringLower(seal.Hash).Equals(expectedHead, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Compares the end of the walk with what was written down of it.</summary>
    public void End(AuditSealState state)
    {
        if (Fault is null && (Position != state.Position || !Head.SequenceEqual(state.Head) || !_hasMetExpected))
        {
            Fault = new AuditFault(AuditFaultKind.Head, Position, null, 0);
        }
    }

    private AuditFaultKind? FaultOf(AuditSeal seal, AuditContent? content, IReadOnlySet<long> erasures)
    {
        if (seal.Position != Position + 1 || !AuditContent.LinkHash(seal, Head).SequenceEqual(seal.Hash))
        {
            return AuditFaultKind.Chain;
        }

        if (content is null)
        {
            return AuditFaultKind.Missing;
        }

        if (!content.SkeletonHash().SequenceEqual(seal.Skeleton))
        {
            return AuditFaultKind.Changed;
        }

        // Without its salt a part must be empty, and an erasure must be on record.
        var (whoIsErased, whatIsErased) = (seal.WhoSalt is null, seal.WhatSalt is null);
        if ((whoIsErased || whatIsErased) && !(seal.ErasureId is { } erasure && erasures.Contains(erasure)))
        {
            return AuditFaultKind.ErasedOffRecord;
        }

        return
            IsAsSealed(seal.WhoSalt, seal.Who, content.Who, content.HasNoWho)
            && IsAsSealed(seal.WhatSalt, seal.What, content.What, content.HasNoWhat)
            ? null
            : AuditFaultKind.Changed;
    }

    private static bool IsAsSealed(byte[]? salt, byte[] hash, IReadOnlyList<string?> texts, bool isEmpty) =>
        salt is null ? isEmpty : AuditContent.Hash(salt, texts).SequenceEqual(hash);
}
