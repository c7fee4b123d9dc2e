package io.carillon.benchmark.balancer;

import java.time.Duration;

/** SIGSTOP for one of two nodes behind HAProxy, whose check finds it. */
final class HangDrill implements Drill {

  private static final int CLIENTS = 1_000;
  private static final long PACE = 20;
  private static final double OUT_WITHIN = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "hang";
  }

  @Override
  public String title() {
    return "A node hangs";
  }

  @Override
  public String story() {
    return """
    Two nodes, %,d clients and a new client each %d ms behind HAProxy. SIGSTOP stops node 2,
    and the kernel still accepts connections for it. HAProxy's check of `/ready` gets no
    answer. When the node is down, HAProxy ends the connections of its clients, and they
    connect again.\
    """
        .formatted(CLIENTS, PACE);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    scene.node(redis);
    Node hung = scene.node(redis);
    HaProxy balancer = scene.haproxy();
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    int lost = scene.tally().clientsOf(hung.number());
    long fault = recorder.event("SIGSTOP of node 2");
    hung.suspend();
    Until.holds(
        "node 2 is down",
        PATIENCE,
        () -> balancer.status("websockets", hung.name()).startsWith("DOWN"));
    long out = recorder.event("HAProxy: node 2 is down");
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() >= lost);
    long cut = recorder.event("its clients are cut");
    clients.awaitAll();
    long back = recorder.event("all clients are back");
    Pause.seconds(2);
    newcomers.end();

    recorder.must(
        "until HAProxy takes the node out",
        (out - fault) / 1e3,
        "s",
        "< 4 s",
        seconds -> seconds < OUT_WITHIN);
    recorder.count("clients of the hung node", lost);
    recorder.mustBeNone("clients of the other node cut", scene.tally().cut.sum() - lost);
    recorder.figure("until its clients are cut", (cut - fault) / 1e3, "s");
    recorder.figure("until all clients are back", (back - fault) / 1e3, "s");
    Returns.ofClients(recorder, clients);
    recorder.count("new connects that failed", newcomers.refused());
    Returns.ofNewcomers(recorder, newcomers, fault);
  }
}
