package io.carillon.benchmark.balancer;

import java.time.Duration;

/** One of two nodes loses its way to the broker, while the other one has it. */
final class CutOffDrill implements Drill {

  private static final int CLIENTS = 300;
  private static final long PACE = 50;
  private static final double OUTAGE = 20;
  private static final double NOTICED = 12;
  private static final double WELCOME = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "cut-off";
  }

  @Override
  public String title() {
    return "One node is cut off from the broker";
  }

  @Override
  public String story() {
    return """
    Two nodes, %d clients and a new client each %d ms behind HAProxy, while backends publish. For %.0f s no byte \
    passes between node 2 and Redis, and no connection is closed. Node 2 keeps its clients and gets no new ones. \
    When it is back, HAProxy gives it its share of new clients within ten seconds (`slowstart`).\
    """
        .formatted(CLIENTS, PACE, OUTAGE);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    Cable cable = scene.add(new Cable(redis.port()));
    scene.node(redis, Traffic.OPTION);
    Node cutOff = scene.node("redis://127.0.0.1:" + cable.port(), Traffic.OPTION);
    HaProxy balancer = scene.haproxy();
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Traffic traffic = new Traffic(scene, clients, balancer.port());
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    long fault = recorder.event("node 2 is cut off");
    cable.stall();
    balancer.awaitStatus("websockets", cutOff.name(), "NOLB");
    long noticed = recorder.event("HAProxy: no new clients for node 2");
    long before = balancer.sessions("websockets", cutOff.name());
    Pause.seconds(OUTAGE - (noticed - fault) / 1e3);
    long meanwhile = balancer.sessions("websockets", cutOff.name()) - before;
    cable.heal();
    long healed = recorder.event("it has its way again");
    Until.holds(
        "up", PATIENCE, () -> balancer.status("websockets", cutOff.name()).startsWith("UP"));
    long up = recorder.event("HAProxy: node 2 is up");
    Until.holds(
        "new clients",
        PATIENCE,
        () -> balancer.sessions("websockets", cutOff.name()) > before + meanwhile);
    long welcome = recorder.event("node 2 has new clients");
    Pause.seconds(3);
    newcomers.end();

    traffic.end(recorder);
    recorder.must(
        "until the node gets no new clients",
        (noticed - fault) / 1e3,
        "s",
        "<= %.0f s".formatted(NOTICED),
        seconds -> seconds <= NOTICED);
    recorder.mustBeNone("new clients of the node after that", meanwhile);
    recorder.mustBeNone("new connects that failed", newcomers.refused());
    recorder.mustBeNone("clients cut", scene.tally().cut.sum());
    recorder.must(
        "gaps that the node has reported",
        Gaps.of(scene.folder(), cutOff).size(),
        "",
        ">= 1",
        number -> number >= 1);
    recorder.figure("until HAProxy has the node up again", (up - healed) / 1e3, "s");
    recorder.must(
        "until it has new clients",
        (welcome - healed) / 1e3,
        "s",
        "<= %.0f s".formatted(WELCOME),
        seconds -> seconds <= WELCOME);
    Returns.ofNewcomers(recorder, newcomers, fault);
  }
}
