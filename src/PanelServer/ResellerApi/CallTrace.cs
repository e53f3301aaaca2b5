namespace PanelServer.ResellerApi;

/// <summary>What is noted of a call while it is watched.</summary>
internal sealed class CallTrace
{
    /// <summary>The outcome of a call that was carried out.</summary>
    public const string Ok = "ok";

    /// <summary>Stands for what is not known, such as the action of a call without a good key.</summary>
    public const string None = "none";

    /// <summary>The action's own name.</summary>
    public string Action { get; set; } = None;

    /// <summary>Whose call it is; null before the key is known.</summary>
    public int? Reseller { get; set; }

    /// <summary><see cref="Ok"/>, the code of a refusal, or <see cref="None"/> when nothing was answered.</summary>
    public string Outcome { get; set; } = None;
}
