package io.carillon.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures of a server's process on this machine, from the kernel and from its JVM. */
public final class ServerProcess {

  private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux.
  private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");

  private final long pid;
  private final Path jcmd;

  public ServerProcess(long pid) {
    this.pid = pid;
    this.jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  }

  /** The CPU time that the process has used, user and system, in seconds. */
  public double cpuSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(behindName[11]) + Long.parseLong(behindName[12])) / TICKS_PER_SECOND;
  }

  /** Its memory that is in RAM, in bytes. */
  public long residentBytes() throws IOException {
    return bytesOf("status", "VmRSS:");
  }

  /** The same, with shared memory divided among the processes that share it, in bytes. */
  public long proportionalBytes() throws IOException {
    return bytesOf("smaps_rollup", "Pss:");
  }

  private long bytesOf(String file, String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/" + file))) {
      if (line.startsWith(key)) {
        return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no " + key + " for " + pid);
  }

  /** Makes its JVM collect all garbage, twice. */
  public void collect() throws IOException, InterruptedException {
    ask("GC.run");
    ask("GC.run");
  }

  /** The live bytes on its heap, after two full collections. */
  public long liveHeapBytes() throws IOException, InterruptedException {
    collect();
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
