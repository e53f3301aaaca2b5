using System.CommandLine;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PanelServer.Data;
using PanelServer.Hosting;

namespace PanelServer.Cli;

/// <summary>
/// The command line (docs/operating.md): the list of verbs, and how they reach the panel. A verb that reads opens the
/// database read-only; a verb that changes something is carried out by the server that runs on the folder, or, if none
/// runs, by itself under the folder's lock.
/// </summary>
internal sealed partial class Verbs
{
    /// <summary>How long a verb waits for its turn while others have the folder.</summary>
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(15);

    // Built once: what is shared of it remembers each tree that it was ever added to, and a server carries out verbs for years.
    private static readonly Lazy<RootCommand> Root =
        new(() => new Verbs([], TextWriter.Null, TextWriter.Null, "", new Progress<double>(), served: null).Tree());

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly string _workingFolder;
    private readonly IProgress<double> _progress;
    private readonly Panel? _served;
    private readonly IReadOnlyList<string> _arguments;
    private readonly Dictionary<Command, string> _examples = [];

    private Verbs(
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        string workingFolder,
        IProgress<double> progress,
        Panel? served)
    {
        _arguments = arguments;
        _output = output;
        _error = error;
        _workingFolder = workingFolder;
        _progress = progress;
        _served = served;
    }

    /// <summary>Runs a verb as typed.</summary>
    /// <returns>0 = done, 1 = refused, 2 = wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancel = default)
    {
        using var bar = new ProgressBar();
        return await new Verbs(args, output, error, Environment.CurrentDirectory, bar, served: null).InvokeAsync(cancel);
    }

    /// <summary>Carries out a verb for a caller at the server's socket.</summary>
    public static Task<int> RunServedAsync(
        Panel panel,
        IReadOnlyList<string> args,
        string workingFolder,
        TextWriter output,
        TextWriter error,
        IProgress<double> progress,
        CancellationToken cancel) =>
        new Verbs(args, output, error, workingFolder, progress, panel).InvokeAsync(cancel);

    /// <summary>Gives a command an action that reads the database.</summary>
    public Command Reading(Command command, Func<VerbContext, PanelDb, Task<int>> work) => Plain(command, async (context, _) =>
    {
        var folder = context.Folder;
        if (UnreadableAs(folder) is { } why)
        {
            return context.Refuse(why);
        }

        await using var db = folder.Database.OpenReadingDb();
        return await work(context, db);
    });

    /// <summary>Gives a command an action that changes something, carried out by whoever holds the folder.</summary>
    /// <param name="command">The command.</param>
    /// <param name="work">What it does.</param>
    /// <param name="begins">Whether a panel is made where there is none; elsewhere a mistyped folder would become one.</param>
    public Command Changing(Command command, Func<VerbContext, Panel, Task<int>> work, bool begins = false) => Act(command, async (call, context, cancel) =>
    {
        var folder = context.Folder;
        if (call._served is { } served)
        {
            return folder == served.Folder
                ? await work(context, served)
                : context.Refuse($"the server on {served.Folder.Path} serves {served.Folder.Database.Path}, not {folder.Database.Path}");
        }

        if (await VerbSocket.TryRunAsync(folder, call._arguments, call._workingFolder, call._output, call._error, call._progress, cancel) is { } exit)
        {
            return exit;
        }

        if (!begins && !File.Exists(folder.Database.Path))
        {
            return context.Refuse(NoPanel(folder));
        }

        using var logs = Logging.Open(new PanelSettings());
        await using var panel = await Panel.OpenAsync(folder, SettingsReader.Read(folder), logs, TurnPatience);
        return await work(context, panel);
    });

    /// <summary>Gives a command an action; what goes wrong outside the program is said in one line.</summary>
    public Command Plain(Command command, Func<VerbContext, CancellationToken, Task<int>> work) =>
        Act(command, (call, context, cancel) => call._served is null
            ? work(context, cancel)
            : Task.FromResult(context.Refuse($"a running server does not carry out `{command.Name}`; type it beside the server")));

    private Command Act(Command command, Func<Verbs, VerbContext, CancellationToken, Task<int>> work)
    {
        VerbHelp.TakeExamples(command, _examples);
        command.SetAction(async (parsed, cancel) =>
        {
            var call = ((Call)parsed.InvocationConfiguration).Verbs;
            var context = new VerbContext(parsed, call._output, call._error, call._workingFolder, call._progress);
            try
            {
                return parsed.GetValue(VerbOptions.Database) is null
                    ? await work(call, context, cancel)
                    : context.Refuse("--database is not available yet: this version keeps its data in SQLite");
            }
            catch (PanelException error)
            {
                return context.Refuse(error.Message);
            }
            catch (WritesUnavailableException error)
            {
                return context.Refuse($"nothing was changed: {error.Message}: {error.InnerException?.Message}");
            }
            catch (Exception error) when (DamageWatch.IsDamage(error))
            {
                return context.Refuse(
                    $"{context.Folder.Database.Path} is damaged ({error.GetBaseException().Message}); see `panelserver check`; `panelserver restore FILE --force` puts a backup in its place");
            }
            catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
            {
                return context.Refuse(error.Message);
            }
#pragma warning disable CA1031 // A bug, too, is said in one line; what it was is for whoever mends it.
            catch (Exception error)
#pragma warning restore CA1031
            {
                return context.Refuse($"this should not happen, please report it: {error.GetType().Name}: {error.Message} {error.StackTrace}");
            }
        });
        return command;
    }

    private async Task<int> InvokeAsync(CancellationToken cancel)
    {
        var parsed = Root.Value.Parse(_arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not VerbHelp)
        {
            await _error.WriteLineAsync(
                $"{string.Join(" ", parsed.Errors.Select(problem => OneLine(problem.Message)))} See `{CommandLineOf(parsed)} --help`.");
            return VerbContext.WrongUsage;
        }

        var configuration = new Call(this)
        {
            Output = _output,
            Error = _error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(configuration, cancel);
    }

    /// <summary>The whole command line.</summary>
    private RootCommand Tree()
    {
        var root = new RootCommand("PanelServer: a panel that resellers order from by the standard API. Without a verb it serves.")
        {
            VerbOptions.Data,
            VerbOptions.Sandbox,
            VerbOptions.Database,
            VerbOptions.Json,
        };
        foreach (var command in All())
        {
            root.Add(command);
        }

        ServeVerb.Shape(this, root);
        VerbHelp.Show(root, _examples);
        return root;
    }

    private static string NoPanel(PanelFolder folder) =>
        $"there is no panel at {folder.Database.Path}; `panelserver serve` makes one, --data names another folder";

    /// <summary>Why this program cannot read the database; null when it can.</summary>
    public static string? UnreadableAs(PanelFolder folder)
    {
        if (!File.Exists(folder.Database.Path))
        {
            return NoPanel(folder);
        }

        using var connection = folder.Database.OpenReader();
        return SchemaUpgrade.VersionOf(connection) switch
        {
            0 => $"{folder.Database.Path} holds no panel",
            var version when version > SchemaUpgrade.Newest => SchemaUpgrade.TooNew(version),
            var version when version < SchemaUpgrade.Newest => SchemaUpgrade.TooOld(folder.Database.Path, version),
            _ => null,
        };
    }

    /// <summary>An error of the parser as an operator reads it: one line, and no type of the machine's.</summary>
    private static string OneLine(string message)
    {
        var plain = TypeName().Replace(message, match => match.Groups["type"].Value.Contains("Boolean", StringComparison.Ordinal)
            ? "as true or false"
            : "as a whole number");
        return string.Join(' ', plain.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [GeneratedRegex("as expected type '(?<type>[^']*)'")]
    private static partial Regex TypeName();

    private static string CommandLineOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at?.Command is not (null or RootCommand); at = at.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, at.Command.Name);
        }

        return string.Join(' ', names.Prepend("panelserver"));
    }

    /// <summary>Every verb there is.</summary>
    private IEnumerable<Command> All() =>
    [
        ServeVerb.Command(this),
        ResellerVerbs.Command(this),
        KeyVerbs.Command(this),
        ServiceVerbs.Command(this),
        OrderVerbs.Command(this),
        RefillVerbs.Command(this),
        CancelVerbs.Command(this),
        SubscriptionVerbs.Command(this),
        ProviderVerbs.Command(this),
        RouteVerbs.Command(this),
        ReviewVerbs.Command(this),
        AlertVerbs.Command(this),
        TaskVerbs.Command(this),
        VerifyVerb.Command(this),
        BackupVerb.Command(this),
        RestoreVerb.Command(this),
        CheckVerb.Command(this),
        HealthVerb.Command(this),
        ConformVerb.Command(this),
    ];

    /// <summary>One carrying-out of a verb: whose streams and arguments the action works with.</summary>
    private sealed class Call(Verbs verbs) : InvocationConfiguration
    {
        public Verbs Verbs => verbs;
    }
}
