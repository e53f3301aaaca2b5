namespace PanelServer.Conformance;

/// <summary>Which key a call is made with.</summary>
internal enum KeyGiven
{
    Own,
    Wrong,
    None,
}

/// <summary>How the parameters of a call travel.</summary>
internal enum Wrapping
{
    /// <summary>A form posted in the body, as all published pages say.</summary>
    Form,

    /// <summary>A body of parts, as some libraries send it.</summary>
    Multipart,

    /// <summary>A JSON object in the body.</summary>
    Json,

    /// <summary>The action in the query, everything else in the body.</summary>
    ActionInQuery,

    /// <summary>GET, everything in the query. Never with the own key: addresses are logged by many.</summary>
    Get,
}

/// <summary>One call to the panel under judgement.</summary>
/// <param name="Fields">The parameters beside the key, in their order; <c>action</c> is one of them.</param>
internal sealed record Question(params (string Name, string Value)[] Fields)
{
    public KeyGiven Key { get; init; } = KeyGiven.Own;

    public Wrapping Wrapping { get; init; } = Wrapping.Form;

    /// <summary>The path begins with one slash too many, as where a base address ends in one.</summary>
    public bool HasSlashBefore { get; init; }
}
