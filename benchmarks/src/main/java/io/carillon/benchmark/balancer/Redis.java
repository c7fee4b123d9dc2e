package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The nodes' broker, which can be stopped and started again at its port. */
final class Redis implements Part {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final int port = Ports.free();
  private Program program;

  /** Starts it and waits until it takes connections. */
  Redis(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    this.program = launch();
  }

  private Program launch() throws IOException, InterruptedException {
    Program launched =
        Program.start(
            folder.resolve("redis.log"),
            Map.of(),
            List.of(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                port + "",
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder + ""));
    Until.holds("Redis listens", PATIENCE, () -> Until.listens(port));
    return launched;
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  void stop() throws InterruptedException {
    program.stop();
  }

  void start() throws IOException, InterruptedException {
    program = launch();
  }

  @Override
  public void close() {
    program.kill();
  }
}
