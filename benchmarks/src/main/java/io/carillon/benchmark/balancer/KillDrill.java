package io.carillon.benchmark.balancer;

import java.time.Duration;

/** SIGKILL for one of two nodes. */
final class KillDrill implements Drill {

  private static final int CLIENTS = 1_000;
  private static final long PACE = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "kill";
  }

  @Override
  public String title() {
    return "kill -9 of a node";
  }

  @Override
  public String story() {
    return """
    Two nodes, %,d clients and a new client each %d ms behind HAProxy. Node 2 is killed. The
    kernel ends the connections of its clients at once, and they connect again with full
    jitter. When node 2 refuses a connection, HAProxy gives the client to the other node.\
    """
        .formatted(CLIENTS, PACE);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    scene.node(redis);
    Node killed = scene.node(redis);
    HaProxy balancer = scene.haproxy();
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    int lost = scene.tally().clientsOf(killed.number());
    long fault = recorder.event("kill -9 of node 2");
    killed.kill();
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() >= lost);
    recorder.event("its clients are cut");
    Until.holds("down", PATIENCE, () -> isDown(balancer, killed));
    long down = recorder.event("HAProxy: node 2 is down");
    clients.awaitAll();
    long back = recorder.event("all clients are back");
    Pause.seconds(2);
    newcomers.end();

    recorder.count("clients of the killed node", lost);
    recorder.mustBeNone("clients of the other node cut", scene.tally().cut.sum() - lost);
    recorder.mustBeNone("new connects that failed", newcomers.refused());
    recorder.mustBeNone(
        "reconnects that failed", scene.tally().refused.sum() - newcomers.refused());
    Returns.ofNewcomers(recorder, newcomers, fault);
    recorder.figure("until HAProxy's check takes the node out", (down - fault) / 1e3, "s");
    recorder.figure("until all clients are back", (back - fault) / 1e3, "s");
    Returns.ofClients(recorder, clients);
  }

  private static boolean isDown(HaProxy balancer, Node node) {
    return balancer.status("websockets", node.name()).startsWith("DOWN");
  }
}
