namespace ProPartHub.Web.Account;

/// <summary>The office's identity provider (section <c>SingleSignOn</c>); absent, nobody is offered it.</summary>
public sealed record SingleSignOnOptions
{
    /// <summary>The configuration section these settings are read from.</summary>
    public const string Section = "SingleSignOn";

    /// <summary>The provider's address, as its discovery document has it; empty turns single sign-on off.</summary>
    public Uri? Authority { get; init; }

    /// <summary>The portal's id there (client id). Its redirect address there is the portal's with <c>/account/sso/callback</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary>The portal's secret there (client secret).</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What the button on the sign-in page is called, such as the provider's name.</summary>
    public string Label { get; init; } = "Single sign-on";

    /// <summary>
    /// Which strengths of log-in there are good enough (<c>acr</c>), with spaces between, in the provider's words; empty
    /// leaves that to the provider. They are asked for (<c>acr_values</c>), and an answer with none of them opens nothing.
    /// </summary>
    public string? AcrValues { get; init; }

    /// <summary>Those strengths one by one.</summary>
    public IReadOnlyList<string> Strengths => AcrValues?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Whether there is a provider.</summary>
    public bool IsOn => Authority is not null && !string.IsNullOrEmpty(ClientId);
}
