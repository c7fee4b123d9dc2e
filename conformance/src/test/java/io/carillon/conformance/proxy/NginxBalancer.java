package io.carillon.conformance.proxy;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Folders;
import io.carillon.conformance.machine.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real nginx with a configuration that {@code carillon balancer nginx} has printed. */
final class NginxBalancer implements LoadBalancer {

  private static final String PROGRAM = "/usr/sbin/nginx";
  private static final Path MODULES = Path.of("/usr/lib/nginx/modules");

  private final Path folder;
  private final Process process;
  private final URI url;

  private NginxBalancer(Path folder, Process process, URI url) {
    this.folder = folder;
    this.process = process;
    this.url = url;
  }

  /** Checks the configuration, starts nginx and waits until it listens. */
  static NginxBalancer start(int port, PrintedConfiguration printed) {
    try {
      Path folder = Files.createTempDirectory("carillon-nginx");
      List<String> command = command(folder, printed);
      CommandResult.succeed(words(command, "-t"));
      Process process =
          new ProcessBuilder(words(command))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      NginxBalancer nginx =
          new NginxBalancer(folder, process, URI.create("ws://127.0.0.1:" + port));
      await()
          .atMost(Patience.LIMIT)
          .failFast(() -> !process.isAlive())
          .until(() -> HaProxy.listens(nginx.url));
      return nginx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What nginx's own checker says of a configuration. */
  static CommandResult check(Path folder, PrintedConfiguration printed) throws IOException {
    return CommandResult.run(
        words(command(Files.createTempDirectory(folder, "nginx"), printed), "-t"));
  }

  /** Writes the configuration into the folder; the command that runs nginx with it. */
  private static List<String> command(Path folder, PrintedConfiguration printed)
      throws IOException {
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, here(printed, folder));
    // The packages' files load modules by paths that begin at nginx's folder.
    Files.createSymbolicLink(folder.resolve("modules"), MODULES);
    return List.of(PROGRAM, "-p", folder + "", "-e", folder + "/errors", "-c", file + "");
  }

  /** With its files in a folder of its own, which no root has to own. */
  private static String here(PrintedConfiguration printed, Path folder) {
    printed.replace(
        "worker_processes auto;",
        "daemon off;\npid %s/pid;\nworker_processes 2;".formatted(folder));
    printed.replace("worker_rlimit_nofile \\d+;", "");
    printed.replace("worker_connections \\d+;", "worker_connections 4000;");
    if (printed.toString().contains("\nhttp {")) {
      String paths =
          Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
              .map(name -> "  %s_temp_path %s/%s;\n".formatted(name, folder, name))
              .collect(Collectors.joining());
      printed.replace("\nhttp \\{\n", "\nhttp {\n  access_log off;\n" + paths);
    }
    return printed.toString();
  }

  private static String[] words(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Override
  public URI url() {
    return url;
  }

  /** Its workers go with it. */
  @Override
  public void close() {
    List<ProcessHandle> workers = process.children().toList();
    process.destroyForcibly();
    workers.forEach(ProcessHandle::destroyForcibly);
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    Folders.deleteTree(folder);
  }
}
