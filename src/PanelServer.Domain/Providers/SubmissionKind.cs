namespace PanelServer.Domain.Providers;

/// <summary>What a provider is asked to do. The numbers are stored.</summary>
public enum SubmissionKind
{
    /// <summary>To deliver an order.</summary>
    Order = 1,

    /// <summary>To refill one.</summary>
    Refill = 2,

    /// <summary>To cancel one.</summary>
    Cancel = 3,
}
