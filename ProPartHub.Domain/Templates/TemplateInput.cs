namespace ProPartHub.Domain.Templates;

/// <summary>What is typed about a template.</summary>
public sealed record TemplateInput
{
    /// <inheritdoc cref="MessageTemplate.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="MessageTemplate.Channel"/>
    public MessageChannel Channel { get; init; } = MessageChannel.WhatsApp;

    /// <inheritdoc cref="MessageTemplate.SubjectUk"/>
    public string? SubjectUk { get; init; }

    /// <inheritdoc cref="MessageTemplate.BodyUk"/>
    public string? BodyUk { get; init; }

    /// <inheritdoc cref="MessageTemplate.SubjectEn"/>
    public string? SubjectEn { get; init; }

    /// <inheritdoc cref="MessageTemplate.BodyEn"/>
    public string? BodyEn { get; init; }

    /// <inheritdoc cref="MessageTemplate.SharedWith"/>
    public TemplateSharing SharedWith { get; init; } = TemplateSharing.Nobody;
}

/// <summary>A template in a list.</summary>
public sealed record TemplateItem(Guid Id, TemplateInput Values, string OwnerName, bool IsOwn, bool MayChange);
