package io.carillon.benchmark.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers to compare: each with its own defaults on one processor, but without the limits that
 * the load would meet.
 */
final class Peers {

  private static final String PUSHER = "/app/app-key?protocol=7&client=load&version=8.0.0";
  private static final Map<String, String> ONE_PROCESSOR = Map.of("GOMAXPROCS", "1");

  private Peers() {}

  /** All servers, in the order of the tables. */
  static List<Peer> all(Installed installed) {
    return List.of(
        carillon(installed),
        epoll(installed, "coalesced", "C on epoll, one send per turn"),
        epoll(installed, "naive", "C on epoll, one send per message"),
        onNode(installed, "uwebsockets", "uWebSockets (C++)", "uWebSockets.js", "plain", "/"),
        onNode(installed, "ws", "Node.js `ws`", "ws", "plain", "/"),
        gorilla(installed),
        nats("nats-new", installed.file("nats/nats-server"), installed),
        nats("nats", "/usr/sbin/nats-server", installed),
        onNode(
            installed,
            "socketio",
            "Socket.IO",
            "socket.io",
            "socketio",
            "/socket.io/?EIO=4&transport=websocket"),
        soketi(installed),
        sockudo(installed));
  }

  private static Peer carillon(Installed installed) {
    String program = installed.project().resolve("bin/carillon").toString();
    return new Peer(
        Peer.CARILLON,
        "**Carillon**",
        Installed.versionOf(program, "--version"),
        "topics",
        "/?name=probe",
        List.of(program, "serve", "--port", "{port}", "--threads", "1"),
        // The rate of handshakes is counted, and never limits the load generator.
        Map.of("CARILLON_JAVA_OPTS", "-Xmx1g", "CARILLON_LIMITS_HANDSHAKES_PER_SECOND", "1000000"));
  }

  /** The servers of the Pusher protocol, in the order of the tables. */
  static List<Peer> overPusher(Installed installed) {
    return List.of(carillonOverPusher(installed), soketi(installed), sockudo(installed));
  }

  private static Peer carillonOverPusher(Installed installed) {
    Peer carillon = carillon(installed);
    Map<String, String> environment = new HashMap<>(carillon.environment());
    environment.put("CARILLON_DEFAULT_APP_ID", "app-id");
    environment.put("CARILLON_DEFAULT_APP_KEY", "app-key");
    environment.put("CARILLON_DEFAULT_APP_SECRET", "app-secret");
    environment.put("CARILLON_DEFAULT_APP_ENABLE_CLIENT_MESSAGES", "true");
    // The limit is counted, as for all servers, and never reached.
    environment.put("CARILLON_DEFAULT_APP_MAX_CLIENT_EVENTS_PER_SECOND", "1000000");
    return new Peer(
        carillon.name(),
        carillon.title(),
        carillon.version(),
        "pusher",
        PUSHER,
        carillon.command(),
        environment);
  }

  private static Peer epoll(Installed installed, String sends, String title) {
    return new Peer(
        "epoll-" + sends,
        title,
        "gcc " + Installed.versionOf("gcc", "-dumpfullversion"),
        "plain",
        "/",
        List.of(installed.file("epoll/epoll"), "{port}", sends),
        Map.of());
  }

  private static Peer onNode(
      Installed installed, String name, String title, String library, String driver, String path) {
    return new Peer(
        name,
        title,
        installed.versionOfLibrary(name, library),
        driver,
        path,
        List.of("node", installed.source(name + "/server.js"), "{port}"),
        Map.of("NODE_PATH", installed.libraries(name)));
  }

  private static Peer gorilla(Installed installed) {
    return new Peer(
        "gorilla",
        "Go, gorilla/websocket",
        "1.5.3",
        "plain",
        "/",
        List.of(installed.file("gorilla/gorilla"), "{port}"),
        ONE_PROCESSOR);
  }

  private static Peer nats(String name, String program, Installed installed) {
    String version = Installed.versionOf(program, "--version");
    return new Peer(
        name,
        "nats-server " + version,
        version,
        "nats",
        "/",
        List.of(program, "-c", installed.source("nats/websocket.conf")),
        Map.of("GOMAXPROCS", "1", "PORT", "{port}"));
  }

  private static Peer soketi(Installed installed) {
    String server = installed.libraries("soketi") + "/@soketi/soketi/bin/server.js";
    return new Peer(
        "soketi",
        "soketi",
        installed.versionOfLibrary("soketi", "@soketi/soketi"),
        "pusher",
        PUSHER,
        List.of("node", server, "start"),
        Map.of(
            "SOKETI_HOST", "127.0.0.1",
            "SOKETI_PORT", "{port}",
            "SOKETI_DEFAULT_APP_ENABLE_CLIENT_MESSAGES", "true",
            "SOKETI_DEFAULT_APP_MAX_CONNS", "-1",
            "SOKETI_DEFAULT_APP_MAX_CLIENT_EVENTS_PER_SEC", "-1",
            "SOKETI_EVENT_MAX_SIZE_IN_KB", "1024"));
  }

  private static Peer sockudo(Installed installed) {
    String program = installed.file("sockudo/bin/sockudo");
    return new Peer(
        "sockudo",
        "Sockudo (Rust)",
        Installed.versionOf(program, "--version"),
        "pusher",
        PUSHER,
        List.of(program),
        Map.of(
            "HOST", "127.0.0.1",
            "PORT", "{port}",
            "RATE_LIMITER_ENABLED", "false",
            "SOCKUDO_DEFAULT_APP_ID", "app-id",
            "SOCKUDO_DEFAULT_APP_KEY", "app-key",
            "SOCKUDO_DEFAULT_APP_SECRET", "app-secret",
            "SOCKUDO_DEFAULT_APP_MAX_CONNECTIONS", "100000",
            "SOCKUDO_DEFAULT_APP_MAX_CLIENT_EVENTS_PER_SECOND", "0",
            "SOCKUDO_DEFAULT_APP_ENABLE_CLIENT_MESSAGES", "true"));
  }
}
