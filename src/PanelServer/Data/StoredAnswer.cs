namespace PanelServer.Data;

/// <summary>What is stored under an idempotency key: the fingerprint of the parameters it came with, and the answer given then.</summary>
internal sealed record StoredAnswer(byte[] Fingerprint, byte[] Answer);
