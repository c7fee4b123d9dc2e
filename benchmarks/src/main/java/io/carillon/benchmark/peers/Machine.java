package io.carillon.benchmark.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The machine of a run. */
public final class Machine {

  private Machine() {}

  /** The machine and the tools that matter, by the names that a reader sees. */
  public static Map<String, String> describe() throws IOException {
    Map<String, String> facts = new TreeMap<>();
    facts.put("Machine", processors() + ", " + memory());
    facts.put("Kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("Java", System.getProperty("java.vm.vendor") + " " + Runtime.version());
    facts.put("Node.js", Installed.versionOf("node", "--version"));
    facts.put("Go", Installed.versionOf("go", "version"));
    return facts;
  }

  /** The processors and the kernel in one line. */
  public static String summary() throws IOException {
    return processors() + ", Linux " + System.getProperty("os.version");
  }

  private static String processors() throws IOException {
    List<String> names =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .toList();
    return names.isEmpty()
        ? System.getProperty("os.arch")
        : names.size() + " processors, " + names.getFirst();
  }

  private static String memory() throws IOException {
    String first = Files.readAllLines(Path.of("/proc/meminfo")).getFirst();
    return Math.round(Long.parseLong(first.replaceAll("\\D", "")) / 1048576.0) + " GiB";
  }

  /** The output of a program; empty if the program doesn't exist. */
  static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException _) {
      return "";
    }
  }
}
