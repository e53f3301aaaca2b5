namespace PanelServer.Data;

/// <summary>What an alert or a review says, as it is stored.</summary>
/// <param name="Text">The English text, as it is printed.</param>
/// <param name="Code">The phrase's code.</param>
/// <param name="Args">The phrase's arguments, as JSON.</param>
internal readonly record struct StoredPhrase(string Text, string Code, string Args);
