package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real, open-source nginx: a master and two workers. For the drill's thread. */
final class Nginx implements Balancer {

  private static final String PROGRAM = "/usr/sbin/nginx";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;
  private final Program program;

  /**
   * Starts one and waits until it listens.
   *
   * @param folder a folder of its own
   * @param printed what {@code carillon balancer nginx} has printed
   */
  Nginx(int port, Path folder, String printed) throws IOException, InterruptedException {
    this.port = port;
    Files.createDirectories(folder);
    Path file = folder.resolve("nginx.conf");
    Files.writeString(file, here(printed, folder));
    List<String> command =
        List.of(PROGRAM, "-p", folder + "", "-e", folder + "/errors", "-c", file + "");
    Program.output(Stream.concat(command.stream(), Stream.of("-t", "-q")).toArray(String[]::new));
    this.program = Program.start(folder.resolve("log"), Map.of(), command);
    Until.holds("nginx listens: see " + folder, PATIENCE, () -> Until.listens(port));
  }

  /** With its files in a folder of its own, which root need not own. */
  private static String here(String printed, Path folder) {
    String paths =
        Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
            .map(name -> "  %s_temp_path %s/%s;\n".formatted(name, folder, name))
            .collect(Collectors.joining());
    String text =
        BalancerFile.replace(
            printed,
            "worker_processes auto;",
            "daemon off;\npid %s/pid;\nworker_processes 2;".formatted(folder));
    text = BalancerFile.replace(text, "worker_rlimit_nofile \\d+;", "");
    text = BalancerFile.replace(text, "worker_connections \\d+;", "worker_connections 9000;");
    return BalancerFile.replace(text, "\nhttp \\{\n", "\nhttp {\n  access_log off;\n" + paths);
  }

  @Override
  public int port() {
    return port;
  }

  /** As {@code systemctl reload nginx}. */
  @Override
  public void reload() throws IOException, InterruptedException {
    program.signal("HUP");
  }

  @Override
  public void kill() {
    program.kill();
  }

  @Override
  public void close() {
    program.close();
  }
}
