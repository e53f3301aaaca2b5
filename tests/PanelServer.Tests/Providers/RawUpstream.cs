using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PanelServer.Tests.Providers;

/// <summary>A call as it came over the wire.</summary>
/// <param name="Head">The request line and the headers.</param>
/// <param name="Body">The body as text.</param>
internal sealed record RawRequest(string Head, string Body);

/// <summary>
/// A provider made of bytes: each connection is worked off by the next script, and the last script serves all that come
/// after. It does wrong on purpose what no web server could be made to do.
/// </summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<RawRequest> _requests = new();
    private readonly Func<RawConnection, Task>[] _scripts;
    private readonly Task _accepting;
    private int _connections;

    public RawUpstream(params Func<RawConnection, Task>[] scripts)
    {
        _scripts = scripts;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/api/v2");

    public Uri SecureAddress => new($"https://localhost:{Port.ToString(CultureInfo.InvariantCulture)}/api/v2");

    /// <summary>Calls that were read to their end, in the order in which they were.</summary>
    public IReadOnlyList<RawRequest> Requests => [.. _requests];

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> running = [];
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                var script = _scripts[Math.Min(Interlocked.Increment(ref _connections), _scripts.Length) - 1];
                running.Add(RunAsync(socket, script));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    private async Task RunAsync(Socket socket, Func<RawConnection, Task> script)
    {
        await Task.Yield();
        using var connection = new RawConnection(socket, _requests, _stop.Token);
        try
        {
            await script(connection);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The caller has gone, which is what many a script is for.
        }
    }
}

/// <summary>One connection of a caller, seen from the provider.</summary>
internal sealed class RawConnection(Socket socket, ConcurrentQueue<RawRequest> requests, CancellationToken stopped) : IDisposable
{
    /// <summary>What is read from and written to; a script may put TLS around it.</summary>
    public Stream Stream { get; set; } = new NetworkStream(socket, ownsSocket: true);

    /// <summary>The provider is taken down.</summary>
    public CancellationToken Stopped => stopped;

    /// <summary>Reads one call to the end of its body; null when the caller has hung up.</summary>
    public async Task<RawRequest?> ReadAsync()
    {
        // By pieces as they come: nobody begins a second call before the first is answered.
        var piece = new byte[8 * 1024];
        using var bytes = new MemoryStream();
        var (head, length) = ("", 0);
        while (head.Length == 0 || bytes.Length < head.Length + length)
        {
            var read = await Stream.ReadAsync(piece, stopped);
            if (read == 0)
            {
                return null;
            }

            await bytes.WriteAsync(piece.AsMemory(0, read), stopped);
            var end = bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("\r\n\r\n"u8);
            if (head.Length == 0 && end >= 0)
            {
                head = Encoding.ASCII.GetString(bytes.GetBuffer(), 0, end + "\r\n\r\n".Length);
                length = head.Split("\r\n")
                    .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    .Select(line => int.Parse(line.Split(':')[1], CultureInfo.InvariantCulture))
                    .FirstOrDefault();
            }
        }

        var request = new RawRequest(head, Encoding.UTF8.GetString(bytes.GetBuffer(), head.Length, length));
        requests.Enqueue(request);
        return request;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await Stream.WriteAsync(bytes, stopped);
        await Stream.FlushAsync(stopped);
    }

    /// <summary>Hangs up without a goodbye.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose()
    {
        Stream.Dispose();
        socket.Dispose();
    }
}

/// <summary>What a raw provider does with a connection. After its script it hangs up.</summary>
internal static class RawScript
{
    /// <summary>Hangs up at once.</summary>
    public static Task Close(RawConnection connection) => Task.CompletedTask;

    /// <summary>Takes the first byte and breaks the connection.</summary>
    public static async Task Reset(RawConnection connection)
    {
        await connection.Stream.ReadExactlyAsync(new byte[1], connection.Stopped);
        connection.Reset();
    }

    /// <summary>Takes the whole call and hangs up.</summary>
    public static async Task ReadAndClose(RawConnection connection) => await connection.ReadAsync();

    /// <summary>Takes the whole call and never says anything.</summary>
    public static Func<RawConnection, Task> Hold(Action? onceRead = null) => async connection =>
    {
        await connection.ReadAsync();
        onceRead?.Invoke();
        await Task.Delay(Timeout.Infinite, connection.Stopped);
    };

    /// <summary>Answers one call with exactly these bytes.</summary>
    public static Func<RawConnection, Task> Answer(byte[] bytes) => async connection =>
    {
        await connection.ReadAsync();
        await connection.SendAsync(bytes);
    };

    /// <summary>Answers one call with this text as it is, head and all.</summary>
    public static Func<RawConnection, Task> Answer(string text) => Answer(Encoding.UTF8.GetBytes(text));

    /// <summary>Answers the first byte that comes, whatever it is, with this text.</summary>
    public static Func<RawConnection, Task> AnswerUnread(string text) => async connection =>
    {
        await connection.Stream.ReadExactlyAsync(new byte[1], connection.Stopped);
        await connection.SendAsync(Encoding.UTF8.GetBytes(text));
    };

    /// <summary>Answers each call of a connection with the next body, and keeps the connection in between.</summary>
    public static Func<RawConnection, Task> Bodies(params string[] bodies) => async connection =>
    {
        foreach (var body in bodies)
        {
            if (await connection.ReadAsync() is null)
            {
                return;
            }

            await connection.SendAsync(Reply(200, body));
        }
    };

    /// <summary>Sends a head and then the body byte by byte, with a pause after each.</summary>
    public static Func<RawConnection, Task> Drip(string body, TimeSpan pause) => async connection =>
    {
        await connection.ReadAsync();
        await connection.SendAsync(Head(200, "Content-Type: application/json", Length(body.Length)));
        foreach (var letter in Encoding.UTF8.GetBytes(body))
        {
            await connection.SendAsync(new[] { letter });
            await Task.Delay(pause, connection.Stopped);
        }
    };

    /// <summary>Sends the same bytes for ever.</summary>
    /// <param name="headers">The head's lines besides the status.</param>
    public static Func<RawConnection, Task> Endless(byte[] bytes, params string[] headers) => async connection =>
    {
        await connection.ReadAsync();
        await connection.SendAsync(Head(200, headers));
        while (true)
        {
            await connection.SendAsync(bytes);
        }
    };

    /// <summary>Answers by TLS, with a certificate that nobody has vouched for.</summary>
    public static Func<RawConnection, Task> Tls(X509Certificate2 certificate, Func<RawConnection, Task> then) => async connection =>
    {
        var secure = new System.Net.Security.SslStream(connection.Stream);
        connection.Stream = secure;
        await secure.AuthenticateAsServerAsync(certificate);
        await then(connection);
    };

    /// <summary>A whole answer, as a well-behaved server would send it.</summary>
    public static byte[] Reply(int status, string body, params string[] headers)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return [.. Head(status, ["Content-Type: application/json", Length(bytes.Length), .. headers]), .. bytes];
    }

    /// <summary>A head and the blank line after it.</summary>
    public static byte[] Head(int status, params string[] headers)
    {
        var lines = string.Concat(headers.Select(line => $"{line}\r\n"));
        return Encoding.ASCII.GetBytes($"HTTP/1.1 {status.ToString(CultureInfo.InvariantCulture)} Said\r\n{lines}\r\n");
    }

    private static string Length(int bytes) => $"Content-Length: {bytes.ToString(CultureInfo.InvariantCulture)}";
}
