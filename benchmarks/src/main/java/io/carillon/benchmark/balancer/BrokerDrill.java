package io.carillon.benchmark.balancer;

import java.time.Duration;
import java.util.List;

/** The broker is away for ten seconds, behind two configurations of HAProxy. */
final class BrokerDrill implements Drill {

  private static final int CLIENTS = 1_000;
  private static final long PACE = 20;
  private static final double OUTAGE = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public String title() {
    return "The broker restarts";
  }

  @Override
  public String story() {
    return """
    Two nodes, %1$,d clients behind the generated HAProxy file and %1$,d behind a common one,
    which cuts the clients of each node whose `GET /up` fails. Redis is away for %2$.0f s. A
    new client comes each %3$d ms behind the generated file: while the broker is away each
    node refuses new clients, and keeps those that it has.\
    """
        .formatted(CLIENTS, OUTAGE, PACE);
  }

  /** As in guides that know only one check: it asks whether a node lives. */
  static String common(int port, List<Node> nodes) {
    return """
    defaults
      mode http
      option http-server-close
      timeout connect     5s
      timeout client      30s
      timeout client-fin  30s
      timeout server      30s
      timeout tunnel      1h
      default-server inter 1s rise 2 fall 1 on-marked-down shutdown-sessions
      option forwardfor

    global
      stats socket /run/haproxy/admin.sock mode 600 level admin

    frontend all
      bind 127.0.0.1:%d
      default_backend backends

    backend backends
      option httpchk GET /up
      balance leastconn
      cookie serverid insert
      server srv1 %s check cookie srv1
      server srv2 %s check cookie srv2
    """
        .formatted(port, nodes.get(0).address(), nodes.get(1).address());
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    scene.node(redis);
    scene.node(redis);
    HaProxy ours = scene.haproxy();
    int port = Ports.free();
    HaProxy theirs = scene.haproxy(port, common(port, scene.nodes()));
    Clients ofOurs = scene.clients(CLIENTS, ours.port());
    Clients ofTheirs = scene.clients(CLIENTS, theirs.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, ours.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    recorder.event("Redis stops");
    redis.stop();
    Pause.seconds(OUTAGE);
    redis.start();
    long started = recorder.event("Redis runs again");
    for (Node node : scene.nodes()) {
      Until.holds(
          node.name() + " is up",
          PATIENCE,
          () -> ours.status("websockets", node.name()).startsWith("UP"));
    }
    long up = recorder.event("HAProxy: both nodes are up");
    Pause.seconds(3);
    newcomers.end();

    recorder.mustBeNone("clients cut behind the generated file", cut(ofOurs));
    recorder.mustBeNone("clients cut behind the common file", cut(ofTheirs));
    recorder.count("new clients refused while the broker was away", newcomers.refused());
    recorder.figure("until both nodes are up again", (up - started) / 1e3, "s");
    Returns.ofNewcomers(recorder, newcomers, started);
  }

  private static long cut(Clients clients) {
    return clients.endings().values().stream().mapToInt(Integer::intValue).sum();
  }
}
