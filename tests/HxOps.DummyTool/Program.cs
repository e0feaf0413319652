using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using HxOps.Files;
using HxOps.Services;

// A program that behaves as told, word by word, so that tests of running programs need no shell tricks:
//   say TEXT, complain TEXT     print a line on standard output, on standard error
//   echo                        copy standard input to standard output
//   flood BYTES                 print that many bytes on both outputs
//   env NAME, env               print a variable, or all of them
//   folder                      print the working folder
//   deaf                        take no notice of SIGTERM
//   spawn PROGRAM-WORDS...      start itself with the remaining words, and go on to sleep
//   mark FILE                   write the process id into a file
//   start-unit ROOT UNIT        start a unit below a root by the embedded supervisor
//   guard NAME                  let the next server ask for the bearer key in that variable at /health, and answer 401 without it
//   ready FILE                  let the next server write the time into a file when it listens
//   serve PORT STATUS           answer every HTTP request with that status, for ever
//   get URL                     print what an address answers with; ends with 22 when that is no success
//   sleep SECONDS               sleep
//   exit CODE                   end
var words = new Queue<string>(args);
using var deafness = new Deafness();
string? guard = null;
string? ready = null;
while (words.TryDequeue(out var word))
{
    switch (word)
    {
        case "say":
            Console.WriteLine(words.Dequeue());
            break;
        case "complain":
            Console.Error.WriteLine(words.Dequeue());
            break;
        case "echo":
            using (var input = Console.OpenStandardInput())
            using (var output = Console.OpenStandardOutput())
            {
                input.CopyTo(output);
            }

            break;
        case "flood":
            Flood(long.Parse(words.Dequeue(), CultureInfo.InvariantCulture));
            break;
        case "env":
            PrintEnvironment(words.TryDequeue(out var name) ? name : null);
            break;
        case "folder":
            Console.WriteLine(Environment.CurrentDirectory);
            break;
        case "deaf":
            deafness.Begin();
            break;
        case "spawn":
            Process.Start(new ProcessStartInfo(Environment.ProcessPath!, words) { UseShellExecute = false })!.Dispose();
            words = new Queue<string>(["sleep", "600"]);
            break;
        case "mark":
            File.WriteAllText(words.Dequeue(), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            break;
        case "start-unit":
            var services = ServiceControlSelector.For(HostRoot.At(words.Dequeue()));
            await services.StartAsync(words.Dequeue(), TimeSpan.FromSeconds(20), CancellationToken.None);
            break;
        case "guard":
            guard = Environment.GetEnvironmentVariable(words.Dequeue());
            break;
        case "ready":
            ready = words.Dequeue();
            break;
        case "serve":
            Serve(int.Parse(words.Dequeue(), CultureInfo.InvariantCulture), words.Dequeue(), guard, ready);
            break;
        case "get":
            using (var client = new HttpClient())
            {
                using var answer = await client.GetAsync(new Uri(words.Dequeue()));
                Console.Write(await answer.Content.ReadAsStringAsync());
                if (!answer.IsSuccessStatusCode)
                {
                    return 22;
                }
            }

            break;
        case "sleep":
            Thread.Sleep(TimeSpan.FromSeconds(double.Parse(words.Dequeue(), CultureInfo.InvariantCulture)));
            break;
        case "exit":
            return int.Parse(words.Dequeue(), CultureInfo.InvariantCulture);
        default:
            Console.Error.WriteLine($"unknown word: {word}");
            return 64;
    }
}

return 0;

static void Flood(long bytes)
{
    using var output = Console.OpenStandardOutput();
    using var error = Console.OpenStandardError();
    var chunk = new byte[64 * 1024];
    Array.Fill(chunk, (byte)'x');
    for (var left = bytes; left > 0; left -= chunk.Length)
    {
        var part = chunk.AsSpan(0, (int)Math.Min(left, chunk.Length));
        output.Write(part);
        error.Write(part);
    }
}

static void Serve(int port, string status, string? key, string? ready)
{
    using var listener = new TcpListener(IPAddress.Loopback, port);
    listener.Start();
    if (ready is not null)
    {
        File.WriteAllText(ready, DateTimeOffset.UtcNow.ToString("O"));
    }

    var buffer = new byte[8192];
    while (true)
    {
        using var client = listener.AcceptTcpClient();
        using var stream = client.GetStream();
        try
        {
            var request = Encoding.ASCII.GetString(buffer, 0, stream.Read(buffer));
            var isRefused = key is not null && request.StartsWith("GET /health ", StringComparison.Ordinal)
                && !request.Contains($"\r\nAuthorization: Bearer {key}\r\n", StringComparison.OrdinalIgnoreCase);
            stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {(isRefused ? "401" : status)} Told\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"));
        }
        catch (IOException)
        {
            // The asker gave up.
        }
    }
}

static void PrintEnvironment(string? name)
{
    if (name is not null)
    {
        Console.WriteLine(Environment.GetEnvironmentVariable(name) ?? "(unset)");
        return;
    }

    foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
    {
        Console.WriteLine($"{variable.Key}={variable.Value}");
    }
}

internal sealed class Deafness : IDisposable
{
    private PosixSignalRegistration? _registration;

    public void Begin() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = true);

    public void Dispose() => _registration?.Dispose();
}
