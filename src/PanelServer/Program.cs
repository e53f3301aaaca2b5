using PanelServer.Cli;

// The entry point only hands over: every verb, `serve` among them, is a file in Cli.
OwnerOnly.Begin();
return await Verbs.RunAsync(args, Console.Out, Console.Error);

/// <summary>Named so that tests can host the program.</summary>
public sealed partial class Program;
