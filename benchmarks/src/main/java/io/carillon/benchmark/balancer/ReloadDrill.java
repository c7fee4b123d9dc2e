package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.time.Duration;

/** A balancer reads its configuration anew while clients are connected. */
final class ReloadDrill implements Drill {

  private static final int CLIENTS = 1_000;
  private static final long PACE = 20;
  private static final double KEPT = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The balancer. */
  enum Kind {
    HAPROXY("reload", "HAProxy", "hard-stop-after"),
    NGINX("reload-nginx", "nginx", "worker_shutdown_timeout");

    private final String name;
    private final String title;
    private final String setting;

    Kind(String name, String title, String setting) {
      this.name = name;
      this.title = title;
      this.setting = setting;
    }
  }

  private final Kind kind;

  ReloadDrill(Kind kind) {
    this.kind = kind;
  }

  @Override
  public String name() {
    return kind.name;
  }

  @Override
  public String title() {
    return kind.title + " is reloaded";
  }

  @Override
  public String story() {
    return """
    Two nodes, %,d clients and a new client each %d ms behind %s. After a reload the old
    process keeps its clients for the time of `%s`, and then cuts those that are left. The
    generated file has one hour there, and this drill %.0f s.\
    """
        .formatted(CLIENTS, PACE, kind.title, kind.setting, KEPT);
  }

  private Balancer start(Scene scene) throws IOException, InterruptedException {
    int port = Ports.free();
    String kept = "%s %.0fs".formatted(kind.setting, KEPT);
    return switch (kind) {
      case HAPROXY -> {
        String file = scene.haproxyFile(port, "--sticky");
        HaProxy haproxy =
            scene.haproxy(port, BalancerFile.replace(file, kind.setting + " 1h", kept));
        for (Node node : scene.nodes()) {
          haproxy.awaitStatus("websockets", node.name(), "UP");
        }
        yield haproxy;
      }
      case NGINX ->
          scene.nginx(
              port, BalancerFile.replace(scene.nginxFile(port), kind.setting + " 1h", kept));
    };
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    scene.node(redis);
    scene.node(redis);
    Balancer balancer = start(scene);
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    long reloaded = recorder.event("reload");
    balancer.reload();
    Pause.seconds(KEPT - 1);
    long early = scene.tally().cut.sum();
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() > early);
    long first = recorder.event("the old process cuts its clients");
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() >= CLIENTS);
    long last = recorder.event("all are cut");
    clients.awaitAll();
    long back = recorder.event("all clients are back");
    Pause.seconds(2);
    newcomers.end();

    recorder.mustBeNone("clients cut by the reload itself", early);
    recorder.mustBeNone("new connects that failed", newcomers.refused());
    recorder.figure("until the old process cuts its clients", (first - reloaded) / 1e3, "s");
    recorder.count("clients cut then", scene.tally().cut.sum() - early);
    recorder.figure("from the first to the last", (last - first) / 1e3, "s");
    recorder.figure("until all clients are back", (back - first) / 1e3, "s");
    recorder.count("reconnects that failed", scene.tally().refused.sum() - newcomers.refused());
    Returns.ofClients(recorder, clients);
    Returns.ofNewcomers(recorder, newcomers, reloaded);
  }
}
