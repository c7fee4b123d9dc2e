package io.carillon.benchmark.balancer;

/** Three nodes are restarted, one after the other, while backends publish. */
final class RollingDrill implements Drill {

  private static final int NODES = 3;
  private static final int CLIENTS = 300;
  private static final long PACE = 50;

  @Override
  public String name() {
    return "rolling";
  }

  @Override
  public String title() {
    return "Rolling restart";
  }

  @Override
  public String story() {
    return """
    Three nodes and %d clients behind HAProxy, all subscribed to one topic. Backends publish some 50 messages a second through \
    HAProxy, and a new client comes each %d ms. Each node drains, ends and starts again; the next one follows when \
    HAProxy has the node back. Each publication is accounted for at each client.\
    """
        .formatted(CLIENTS, PACE);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    for (int i = 0; i < NODES; i++) {
      scene.node(redis, Traffic.OPTION);
    }
    HaProxy balancer = scene.haproxy();
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(NODES);
    Traffic traffic = new Traffic(scene, clients, balancer.port());
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    long begun = recorder.millis();
    for (Node node : scene.nodes()) {
      restart(node, balancer, recorder);
    }
    clients.awaitAll();
    traffic.awaitSubscribed();
    long ended = recorder.millis();
    Pause.seconds(2);
    newcomers.end();

    traffic.end(recorder);
    recorder.mustBeNone("new connects that failed", newcomers.refused());
    recorder.mustBeNone(
        "reconnects that failed", scene.tally().refused.sum() - newcomers.refused());
    recorder.mustBeNone(
        "clients that ended without 1012",
        scene.tally().cut.sum() - clients.endings().getOrDefault(1012, 0));
    recorder.count("clients told to reconnect", scene.tally().cut.sum());
    recorder.figure("all three restarts", (ended - begun) / 1e3, "s");
    Returns.ofClients(recorder, clients);
  }

  private static void restart(Node node, HaProxy balancer, Recorder recorder) throws Exception {
    recorder.event(node.name() + " is told to drain");
    node.drain();
    node.startAgain();
    balancer.awaitStatus("websockets", node.name(), "UP");
    balancer.awaitStatus("api", node.name(), "UP");
    recorder.event(node.name() + " is back");
  }
}
