using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using PanelServer.Data;

namespace PanelServer.Cli;

/// <summary>
/// The Unix socket in the data folder through which verbs reach a running server: one line of JSON with the arguments,
/// lines back with the share that is done, and a last one with what was said and the exit code. Only the folder's owner can open it.
/// </summary>
internal sealed class AdminSocket : IAsyncDisposable
{
    /// <summary>Bytes of a call; arguments are short.</summary>
    public const int MaxCallBytes = 1024 * 1024;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string FarPrefix = "panelserver-";

    private readonly IServiceProvider _services;
    private readonly PanelFolder _folder;
    private readonly Socket _listener;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _loop;

    private AdminSocket(IServiceProvider services, PanelFolder folder, Socket listener, ILogger log)
    {
        _log = log;
        _services = services;
        _folder = folder;
        _listener = listener;
        _loop = Task.Run(AcceptAsync);
    }

    /// <summary>A line back.</summary>
    /// <param name="Progress">The share that is done, 0 to 1.</param>
    /// <param name="Exit">Null until it is done.</param>
    private sealed record Told(double Progress, int? Exit, string Output, string Error);

    /// <summary>Begins to listen. A socket that a killed server left behind is replaced.</summary>
    /// <param name="services">What verbs are carried out with.</param>
    public static AdminSocket Listen(IServiceProvider services)
    {
        var folder = services.GetRequiredService<PanelFolder>();
        File.Delete(folder.SocketPath);
        RemoveFar(folder);
        string? farFolder = null;
        var path = folder.SocketPath;
        if (folder.IsSocketPathTooLong)
        {
            farFolder = Directory.CreateTempSubdirectory(FarPrefix).FullName;
            path = Path.Combine(farFolder, Path.GetFileName(path));
        }

        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        listener.Listen();
        if (farFolder is not null)
        {
            File.WriteAllText(folder.SocketPathFile, path);
        }

        return new(services, folder, listener, services.GetRequiredService<ILogger<AdminSocket>>());
    }

    /// <summary>Has a running server carry out a verb.</summary>
    /// <returns>The exit code; null when no server listens on the folder.</returns>
    public static async Task<int?> TryRunAsync(
        PanelFolder folder,
        VerbCall asked,
        TextWriter output,
        TextWriter error,
        IProgress<double> progress,
        CancellationToken cancel)
    {
        using var socket = await ConnectAsync(folder, cancel);
        if (socket is null)
        {
            return null;
        }

        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream) { AutoFlush = true };
        var call = JsonSerializer.Serialize(asked);
        if (Encoding.UTF8.GetByteCount(call) > MaxCallBytes)
        {
            throw new PanelException($"the command line is longer than {MaxCallBytes} bytes; do it in parts");
        }

        await writer.WriteLineAsync(call.AsMemory(), cancel);
        while (await reader.ReadLineAsync(cancel) is { } line && JsonSerializer.Deserialize<Told>(line) is { } told)
        {
            progress.Report(told.Progress);
            if (told.Exit is { } exit)
            {
                await output.WriteAsync(told.Output);
                await error.WriteAsync(told.Error);
                return exit;
            }
        }

        throw new PanelException("the running server closed before it answered; look whether the change was made before trying again");
    }

    /// <summary>Whether a server listens on the folder.</summary>
    public static async Task<bool> IsServedAsync(PanelFolder folder, CancellationToken cancel)
    {
        using var socket = await ConnectAsync(folder, cancel);
        return socket is not null;
    }

    /// <summary>Reaches the server on the folder; null when none listens.</summary>
    private static async Task<Socket?> ConnectAsync(PanelFolder folder, CancellationToken cancel)
    {
        var path = File.Exists(folder.SocketPathFile) ? await File.ReadAllTextAsync(folder.SocketPathFile, cancel) : folder.SocketPath;
        if (!File.Exists(path))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _loop;
        File.Delete(_folder.SocketPath);
        RemoveFar(_folder);

        _closing.Dispose();
    }

    /// <summary>Removes a socket that lies elsewhere, and the folder made for it; a killed server's is still named.</summary>
    private static void RemoveFar(PanelFolder folder)
    {
        if (!File.Exists(folder.SocketPathFile))
        {
            return;
        }

        var far = Path.GetDirectoryName(File.ReadAllText(folder.SocketPathFile));
        if (far is not null && Path.GetFileName(far).StartsWith(FarPrefix, StringComparison.Ordinal) && Directory.Exists(far))
        {
            Directory.Delete(far, recursive: true);
        }

        File.Delete(folder.SocketPathFile);
    }

    private async Task AcceptAsync()
    {
        var calls = new HashSet<Task>();
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                calls.RemoveWhere(call => call.IsCompleted);
                calls.Add(ServeAsync(await _listener.AcceptAsync(_closing.Token)));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Closing, or one caller that gave up: the loop's condition tells which.
            }
        }

        await Task.WhenAll(calls);
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await using var writer = new StreamWriter(stream) { AutoFlush = true };
        try
        {
            var line = await ReadLineAsync(stream, _closing.Token);
            if (line is null || JsonSerializer.Deserialize<VerbCall>(line) is not { Arguments: not null, WorkingFolder: not null } asked)
            {
                return;
            }

            using var output = new StringWriter();
            using var error = new StringWriter();
            var exit = await RunAsync(asked, output, error, new FarProgress(writer));
            await writer.WriteLineAsync(JsonSerializer.Serialize(new Told(1, exit, output.ToString(), error.ToString())));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or JsonException)
        {
            // The caller went away or spoke nonsense: there is nobody to tell.
        }
    }

    /// <summary>The bytes of one line; null when it does not end within <see cref="MaxCallBytes"/>.</summary>
    private static async Task<byte[]?> ReadLineAsync(Stream stream, CancellationToken cancel)
    {
        const int Step = 4096;
        var buffer = new byte[Step];
        for (var length = 0; length < MaxCallBytes;)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(length * 2, MaxCallBytes));
            }

            var read = await stream.ReadAsync(buffer.AsMemory(length), cancel);
            var end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return buffer[..(length + end)];
            }

            if (read == 0)
            {
                return null;
            }

            length += read;
        }

        return null;
    }

    private async Task<int> RunAsync(VerbCall asked, StringWriter output, StringWriter error, FarProgress progress)
    {
        try
        {
            return await Verbs.RunServedAsync(_services, asked, output, error, progress, CancellationToken.None);
        }
#pragma warning disable CA1031 // A bug in a verb must not silence the socket.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            _log.LogError(bug, "A verb failed");
            await error.WriteLineAsync("the verb failed inside the server; its log says why");
            return VerbContext.Refused;
        }
    }

    /// <summary>Reports progress to the client. What was begun goes on when the client has gone.</summary>
    private sealed class FarProgress(StreamWriter writer) : IProgress<double>
    {
        public void Report(double value)
        {
            try
            {
                writer.WriteLine(JsonSerializer.Serialize(new Told(value, Exit: null, "", "")));
            }
            catch (IOException)
            {
                // The caller went away; the answer at the end finds that out, too.
            }
        }
    }
}
