using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace PanelServer.Tests.Processes;

/// <summary>
/// The real program as a process of its own: started, listened to, stopped or killed. It ends only the process that it
/// started, and it never waits without a limit.
/// </summary>
internal sealed class PanelProcess : IAsyncDisposable
{
    /// <summary>A setting of this name is no setting: its value is a command that starts the program.</summary>
    public const string Through = "(through)";

    private const string Ready = "listening on ";
    private const int Terminate = 15;

    private readonly Process _process;
    private readonly string _command;
    private readonly Transcript _output = new();
    private readonly Transcript _errors = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PanelProcess(string[] arguments, (string Name, string Value)[] settings)
    {
        _command = "panelserver " + string.Join(' ', arguments);
        _process = new Process { StartInfo = Describe(arguments, settings), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("ended"));
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public string Output => _output.ToString();

    public string Errors => _errors.ToString();

    public bool HasExited => _process.HasExited;

    /// <summary>How long the program took from its start until it listened.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public static async Task<PanelProcess> StartAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        var started = Stopwatch.GetTimestamp();
        var server = new PanelProcess(arguments, settings);
        try
        {
            server.Address = await server._listening.Task.WaitAsync(Patience.Long);
            server.ReadyAfter = Stopwatch.GetElapsedTime(started);
            return server;
        }
        catch (Exception reason) when (reason is TimeoutException or InvalidOperationException)
        {
            var end = await server.EndAsync();
            throw new InvalidOperationException($"the server did not get ready ({reason.Message}): {end}", reason);
        }
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<VerbResult> RunAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        await using var verb = new PanelProcess(arguments, settings);
        try
        {
            return await verb.EndedAsync();
        }
        catch (OperationCanceledException late)
        {
            var end = await verb.EndAsync();
            throw new InvalidOperationException($"not ended within {Patience.Long.TotalSeconds} s: {end}", late);
        }
    }

    /// <summary>A polite end, as a service manager does it; gives the exit code.</summary>
    public async Task<VerbResult> StopAsync()
    {
        Assert.Equal(0, SendSignal(Id, Terminate));
        return await EndedAsync();
    }

    /// <summary>An end without any warning.</summary>
    public Task<VerbResult> KillAsync() => EndAsync();

    public PanelCaller Caller(string key, string path = "/api/v2") => new(Address, path, key);

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _process.Dispose();
    }

    private async Task<VerbResult> EndAsync()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended by itself.
        }

        return await EndedAsync();
    }

    private async Task<VerbResult> EndedAsync()
    {
        using var limit = new CancellationTokenSource(Patience.Long);
        await _process.WaitForExitAsync(limit.Token);
        return new VerbResult(_command, _process.ExitCode, Output, Errors);
    }

    private void Hear(string? line)
    {
        _output.Add(line);
        if (line?.Trim() is { } text && text.StartsWith(Ready, StringComparison.Ordinal)
            && Uri.TryCreate(text[Ready.Length..], UriKind.Absolute, out var address))
        {
            _listening.TrySetResult(address);
        }
    }

    private static ProcessStartInfo Describe(string[] arguments, (string Name, string Value)[] settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "panelserver.dll");
        Assert.True(File.Exists(Path.ChangeExtension(program, ".runtimeconfig.json")), $"no program at {program}");
        string[] command = [.. Prefix(settings), "dotnet", program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        foreach (var inherited in start.Environment.Keys.Where(IsOurs).ToList())
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in settings.Where(setting => setting.Name != Through))
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string[] Prefix((string Name, string Value)[] settings) =>
        settings.SingleOrDefault(setting => setting.Name == Through).Value?.Split(' ') ?? [];

    // What the machine's own environment says about panels and web hosts must not decide a test.
    private static bool IsOurs(string name) =>
        name.StartsWith("PANEL", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    private sealed class Transcript
    {
        private readonly StringBuilder _text = new();

        public void Add(string? line)
        {
            lock (_text)
            {
                _ = line is null ? _text : _text.Append(CultureInfo.InvariantCulture, $"{line}\n");
            }
        }

        public override string ToString()
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }
}
