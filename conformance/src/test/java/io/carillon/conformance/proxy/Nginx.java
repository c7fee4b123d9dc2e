package io.carillon.conformance.proxy;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Folders;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Ports;
import io.carillon.conformance.machine.Signal;
import io.carillon.conformance.node.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * nginx in front of one node, with connections to it that are kept. One process, so that a test can
 * stop it where it is.
 */
final class Nginx implements AutoCloseable {

  private final Path folder;
  private final Process process;
  private final URI url;

  private Nginx(Path folder, Process process, URI url) {
    this.folder = folder;
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param kept how long it keeps its connections to the node
   */
  static Nginx start(Node node, Duration kept) {
    try {
      Path folder = Files.createTempDirectory("carillon-nginx");
      int port = Ports.free();
      Path configuration = folder.resolve("nginx.conf");
      Files.writeString(configuration, configuration(folder, node, port, kept));
      Process process =
          new ProcessBuilder("/usr/sbin/nginx", "-p", folder + "", "-c", configuration + "")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      Nginx nginx = new Nginx(folder, process, URI.create("http://127.0.0.1:" + port));
      await().atMost(Patience.LIMIT).failFast(() -> !process.isAlive()).until(nginx::listens);
      return nginx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(Path folder, Node node, int port, Duration kept) {
    return """
    daemon off;
    master_process off;
    pid %1$s/pid;
    error_log %1$s/errors;
    events { worker_connections 1024; }
    http {
      access_log off;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      upstream node {
        server %2$s;
        keepalive 100;
        keepalive_timeout %3$dms;
      }
      server {
        listen 127.0.0.1:%4$d;
        location / {
          proxy_pass http://node;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
        }
      }
    }
    """
        .formatted(folder, node.url().getAuthority(), kept.toMillis(), port);
  }

  private boolean listens() {
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  URI url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  /** Stops it where it is, as a machine that is short of processors does. */
  void suspend() {
    Signal.STOP.send(pid());
  }

  void resume() {
    Signal.CONT.send(pid());
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    Folders.deleteTree(folder);
  }
}
