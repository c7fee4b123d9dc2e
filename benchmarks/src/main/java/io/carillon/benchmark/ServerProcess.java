package io.carillon.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel, and its JVM, say of a server's process on this machine. */
final class ServerProcess {

  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux.
  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

  private final long pid;
  private final Path jcmd;

  ServerProcess(long pid) {
    this.pid = pid;
    this.jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  }

  /** The CPU time that it has used, user and system, in seconds. */
  double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(behindName[11]) + Long.parseLong(behindName[12])) / TICKS_PER_SECOND;
  }

  /** Its memory that is in RAM, in bytes. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS for " + pid);
  }

  /** What lives on its heap, in bytes, after two full collections. */
  long liveHeapBytes() throws IOException, InterruptedException {
    ask("GC.run");
    ask("GC.run");
    Matcher used = HEAP_USED.matcher(ask("GC.heap_info"));
    if (!used.find()) {
      throw new IOException("jcmd tells no heap of " + pid);
    }
    return 1024 * Long.parseLong(used.group(1));
  }

  private String ask(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(answer);
    }
    return answer;
  }
}
