namespace PanelServer.Data;

/// <summary>What a retry key holds: the fingerprint of the parameters it came with, and the answer given then.</summary>
internal sealed record StoredAnswer(byte[] Fingerprint, byte[] Answer);
