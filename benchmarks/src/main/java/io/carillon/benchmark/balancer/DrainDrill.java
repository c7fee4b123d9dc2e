package io.carillon.benchmark.balancer;

import io.carillon.benchmark.balancer.DrillResult.Sample;
import java.time.Duration;

/** One of two nodes drains and ends. */
final class DrainDrill implements Drill {

  private static final int CLIENTS = 1_000;
  private static final long PACE = 20;
  private static final double WINDOW = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public String title() {
    return "A node drains";
  }

  @Override
  public String story() {
    return """
    Two nodes, %,d clients and a new client each %d ms behind HAProxy. Node 2 is told to
    drain, with a `drain.window` of %.0f s. For 3 s (`drain.announce`) only its checks say so.
    Then it tells its clients to reconnect (1012), spread over the window.\
    """
        .formatted(CLIENTS, PACE, WINDOW);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    String window = "--drain-window=%.0fs".formatted(WINDOW);
    String deadline = "--drain-deadline=15s";
    scene.node(redis, window, deadline);
    Node drained = scene.node(redis, window, deadline);
    HaProxy balancer = scene.haproxy();
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    int lost = scene.tally().clientsOf(drained.number());
    long told = recorder.event("node 2 is told to drain");
    drained.drain();
    Until.holds("the first goes", PATIENCE, () -> scene.tally().cut.sum() > 0);
    long first = recorder.event("the first client is told to reconnect");
    Until.holds("all go", PATIENCE, () -> scene.tally().clientsOf(drained.number()) == 0);
    long last = recorder.event("the last client is told");
    clients.awaitAll();
    recorder.event("all clients are back");
    Until.holds("the node ends", PATIENCE, () -> !drained.isAlive());
    long ended = recorder.event("node 2 has ended");
    Pause.seconds(2);
    newcomers.end();

    recorder.mustBeNone("new connects that failed", newcomers.refused());
    recorder.mustBeNone(
        "reconnects that failed", scene.tally().refused.sum() - newcomers.refused());
    recorder.count("clients of the node", lost);
    recorder.mustBeNone(
        "clients that ended without 1012",
        scene.tally().cut.sum() - clients.endings().getOrDefault(1012, 0));
    recorder.must(
        "from the first client to the last",
        (last - first) / 1e3,
        "s",
        "4 to 6 s, the window",
        seconds -> Math.abs(seconds - WINDOW) <= 1);
    double even = lost / WINDOW;
    recorder.must(
        "most clients told in a second",
        recorder.mostInASecond(Sample::cut),
        "",
        "<= %.0f, twice an even share".formatted(2 * even),
        most -> most <= 2 * even);
    recorder.figure("until the node has ended", (ended - told) / 1e3, "s");
    Returns.ofNewcomers(recorder, newcomers, told);
    Returns.ofClients(recorder, clients);
  }
}
