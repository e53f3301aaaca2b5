using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace PanelServer.Cli;

/// <summary>Help with examples: they stand under a verb's own help and are left out where verbs are listed.</summary>
internal sealed class VerbHelp(HelpAction usual, IReadOnlyDictionary<Command, string> examples) : SynchronousCommandLineAction
{
    private const string Break = "\n\n";

    public override bool ClearsParseErrors => true;

    /// <summary>Takes the examples, which follow an empty line, out of a command's description.</summary>
    public static void TakeExamples(Command command, Dictionary<Command, string> examples)
    {
        var at = command.Description?.IndexOf(Break, StringComparison.Ordinal) ?? -1;
        if (at >= 0)
        {
            examples[command] = command.Description![(at + Break.Length)..];
            command.Description = command.Description[..at];
        }
    }

    /// <summary>Makes every help of the tree show the examples.</summary>
    public static void Show(RootCommand root, IReadOnlyDictionary<Command, string> examples)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new VerbHelp((HelpAction)help.Action!, examples);
    }

    /// <summary>Prints the help of what was typed.</summary>
    public static int Print(ParseResult parsed) =>
        ((VerbHelp)parsed.RootCommandResult.Command.Options.OfType<HelpOption>().Single().Action!).Invoke(parsed);

    public override int Invoke(ParseResult parseResult)
    {
        var exit = usual.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command, out var text))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(text);
        }

        return exit;
    }
}
