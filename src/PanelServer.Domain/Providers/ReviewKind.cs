namespace PanelServer.Domain.Providers;

/// <summary>Why a person must look at an order. The numbers are stored.</summary>
public enum ReviewKind
{
    /// <summary>Opened before reasons were kept.</summary>
    Other = 0,

    /// <summary>It was sent, and nobody knows whether the provider has it. It ends by being linked, resent or refunded.</summary>
    Sending = 1,

    /// <summary>Nobody knows whether a refill of it was asked for. It ends with the refill.</summary>
    Refill = 2,

    /// <summary>The provider does not say whether it cancels. It ends with the cancel request.</summary>
    Cancel = 3,

    /// <summary>The provider says a state that cannot be. It ends when it says one that can.</summary>
    State = 4,

    /// <summary>The provider says that it does not know it, or nothing that could be read. It ends when the provider reports it again.</summary>
    Unheard = 5,

    /// <summary>The provider says Partial, and not what remains. It ends when it says that, or another state.</summary>
    Remains = 6,

    /// <summary>It has ended by a number that cannot be. Only a person ends it.</summary>
    Number = 7,

    /// <summary>The provider says that it has failed, and not how it ends. It ends when that is said.</summary>
    Failed = 8,

    /// <summary>The provider refuses it again and again for our money: it waits, and others go on. It ends when a provider takes it.</summary>
    Aside = 9,

    /// <summary>A subscription's post is not ordered for, as its link is banned. Only a person ends it.</summary>
    Banned = 10,
}
