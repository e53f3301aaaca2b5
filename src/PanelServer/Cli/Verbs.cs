using System.CommandLine;
using PanelServer.Data;
using PanelServer.Hosting;
using PanelServer.Hosting.Settings;

namespace PanelServer.Cli;

/// <summary>
/// The command line (docs/operating.md): the list of verbs, and how they reach the panel. A verb that reads opens the
/// database read-only; a verb that changes something is carried out by the server that runs on the folder, or, if none
/// runs, by itself under the folder's lock.
/// </summary>
internal sealed class Verbs
{
    // Built once: what is shared of it remembers each tree that it was ever added to, and a server carries out verbs for years.
    private static readonly Lazy<RootCommand> Root =
        new(() => new Verbs(VerbCall.Of([]), TextWriter.Null, TextWriter.Null, new Progress<double>(), served: null).Tree());

    // A text that begins with @ is a handle, and no file with further arguments.
    private static readonly ParserConfiguration Plainly = new() { ResponseFileTokenReplacer = null };

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly IProgress<double> _progress;
    private readonly IServiceProvider? _served;
    private readonly VerbCall _asked;
    private readonly Dictionary<Command, string> _examples = [];

    private Verbs(VerbCall asked, TextWriter output, TextWriter error, IProgress<double> progress, IServiceProvider? served)
    {
        _asked = asked;
        _output = output;
        _error = error;
        _progress = progress;
        _served = served;
    }

    /// <summary>Runs a verb as typed.</summary>
    /// <returns>0 = done, 1 = refused, 2 = wrong usage.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancel = default)
    {
        using var bar = new ProgressBar();
        await using var shown = new TerminalWriter(output);
        await using var shownError = new TerminalWriter(error);
        return await new Verbs(VerbCall.Of(args), shown, shownError, bar, served: null).InvokeAsync(cancel);
    }

    /// <summary>Carries out a verb for a caller at the server's socket.</summary>
    public static Task<int> RunServedAsync(
        IServiceProvider panel,
        VerbCall asked,
        TextWriter output,
        TextWriter error,
        IProgress<double> progress,
        CancellationToken cancel) =>
        new Verbs(asked, output, error, progress, panel).InvokeAsync(cancel);

    /// <summary>Gives a command an action that reads the database.</summary>
    public Command Reading(Command command, Func<VerbContext, PanelDb, Task<int>> work) => Act(command, async (call, context, cancel) =>
    {
        if (call._served is not null)
        {
            return context.Refuse(NotServed(command));
        }

        var folder = context.Folder;
        if (await FolderTurn.WaitAsync(context, () => Task.FromResult(Unreadable(context)), cancel) is { } why)
        {
            return context.Refuse(why);
        }

        await using var db = folder.Database.OpenReadingDb();
        return await work(context, db);
    });

    /// <summary>Gives a command an action that changes something, carried out by the process that holds the folder.</summary>
    /// <typeparam name="T">What it is done with: a service of the panel.</typeparam>
    /// <param name="command">The command.</param>
    /// <param name="work">What it does.</param>
    /// <param name="begins">Whether a panel is made where --data names a folder without one; elsewhere a mistyped folder would become one.</param>
    public Command Changing<T>(Command command, Func<VerbContext, T, Task<int>> work, bool begins = false)
        where T : notnull =>
        Changing(command, (context, panel) => work(context, panel.GetRequiredService<T>()), begins);

    /// <inheritdoc cref="Changing{T}(Command, Func{VerbContext, T, Task{int}}, bool)"/>
    public Command Changing<T1, T2>(Command command, Func<VerbContext, T1, T2, Task<int>> work, bool begins = false)
        where T1 : notnull
        where T2 : notnull =>
        Changing(command, (context, panel) => work(context, panel.GetRequiredService<T1>(), panel.GetRequiredService<T2>()), begins);

    /// <inheritdoc cref="Changing{T}(Command, Func{VerbContext, T, Task{int}}, bool)"/>
    public Command Changing<T1, T2, T3>(Command command, Func<VerbContext, T1, T2, T3, Task<int>> work, bool begins = false)
        where T1 : notnull
        where T2 : notnull
        where T3 : notnull =>
        Changing(
            command,
            (context, panel) => work(
                context,
                panel.GetRequiredService<T1>(),
                panel.GetRequiredService<T2>(),
                panel.GetRequiredService<T3>()),
            begins);

    private Command Changing(Command command, Func<VerbContext, IServiceProvider, Task<int>> work, bool begins) => Act(command, async (call, context, cancel) =>
    {
        var folder = context.Folder;
        if (call._served is { } served)
        {
            var servedFolder = served.GetRequiredService<PanelFolder>();
            return folder == servedFolder
                ? await work(context, served)
                : context.Refuse($"the server on {servedFolder.Path} serves {servedFolder.Database.Path}, not {folder.Database.Path}");
        }

        int? exit = null;
        ServiceProvider? services = null;
        PanelLifetime? opened = null;
        var why = await FolderTurn.WaitAsync(
            context,
            async () =>
            {
                exit = await AdminSocket.TryRunAsync(folder, call._asked, call._output, call._error, call._progress, cancel);
                if (exit is not null)
                {
                    return null;
                }

                if ((begins ? FolderState.NotBegun(folder, context.IsDataGiven) : FolderState.NoPanel(folder, context.IsDataNamed)) is { } none)
                {
                    return none;
                }

                try
                {
                    services ??= PanelServices.Build(folder, SettingsReader.Read(folder));
                    opened = await PanelLifetime.OpenAsync(services, TimeSpan.Zero);
                    return null;
                }
                catch (FolderInUseException error)
                {
                    return error.Message;
                }
            },
            cancel);
        if (why is not null)
        {
            return context.Refuse(why);
        }

        if (exit is { } said)
        {
            return said;
        }

        await using var made = services!;
        await using var panel = opened!;
        return await AloneAsync(context, panel, services!, work);
    });

    /// <summary>Does a verb's work on a panel that it has opened by itself; refused, it leaves none that was not there.</summary>
    private static async Task<int> AloneAsync(
        VerbContext context,
        PanelLifetime panel,
        IServiceProvider services,
        Func<VerbContext, IServiceProvider, Task<int>> work)
    {
        var exit = VerbContext.Refused;
        try
        {
            return exit = await work(context, services);
        }
        finally
        {
            if (exit != VerbContext.Done)
            {
                panel.AbandonIfNew();
            }
        }
    }

    private static string? Unreadable(VerbContext context) =>
        FolderState.NoPanel(context.Folder, context.IsDataNamed) ?? FolderState.Unfit(context.Folder);

    /// <summary>Gives a command an action; what goes wrong outside the program is said in one line.</summary>
    public Command Plain(Command command, Func<VerbContext, CancellationToken, Task<int>> work) =>
        Act(command, (call, context, cancel) => call._served is null
            ? work(context, cancel)
            : Task.FromResult(context.Refuse(NotServed(command))));

    private static string NotServed(Command command) => $"a running server does not carry out `{command.Name}`; type it beside the server";

    private Command Act(Command command, Func<Verbs, VerbContext, CancellationToken, Task<int>> work)
    {
        VerbHelp.TakeExamples(command, _examples);
        command.SetAction(async (parsed, cancel) =>
        {
            var call = ((Call)parsed.InvocationConfiguration).Verbs;
            var context = new VerbContext(parsed, call._asked, call._output, call._error, call._progress);
            try
            {
                return parsed.GetValue(VerbOptions.Database) is not null
                    ? context.Refuse("--database is not available yet: this version keeps its data in SQLite")
                    : string.IsNullOrWhiteSpace(parsed.GetValue(VerbOptions.Data) ?? VerbOptions.DefaultFolder)
                    ? context.Refuse("--data is empty, and it takes the data folder: name one, or leave the option out")
                    : FolderState.NoFolder(context.Folder) is { } no
                    ? context.Refuse(no)
                    : await work(call, context, cancel);
            }
            catch (SettingsException error)
            {
                return error.Lines.Aggregate(VerbContext.Refused, (_, line) => context.Refuse(line));
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
            catch (Exception error) when (StorageException.In(error) is { } failure)
            {
                return context.Refuse(FolderState.EngineWords(context.Folder, failure));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return context.Refuse(error.Message);
            }
#pragma warning disable CA1031 // A bug, too, is said in one line; the details are for the developer who fixes it.
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
        var parsed = Root.Value.Parse(_asked.Arguments, Plainly);
        if (parsed.Errors.Count > 0 && parsed.Action is not VerbHelp)
        {
            await _error.WriteLineAsync(UsageError.Of(parsed));
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
        var root = new RootCommand(ServeVerb.Program)
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

        VerbHelp.Show(root, _examples);
        ServeVerb.ShapeProgram(this, root);
        return root;
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
        LinkVerbs.Command(this),
        ProviderVerbs.Command(this),
        RouteVerbs.Command(this),
        ReviewVerbs.Command(this),
        AlertVerbs.Command(this),
        TaskVerbs.Command(this),
        AuditVerbs.Command(this),
        ReportVerb.Command(this),
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
