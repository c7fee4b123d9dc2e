package io.carillon.benchmark.balancer;

import java.time.Duration;

/** SIGKILL for one of two balancers. */
final class BalancersDrill implements Drill {

  private static final int CLIENTS = 500;
  private static final long PACE = 20;
  private static final double LIMIT = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "balancers";
  }

  @Override
  public String title() {
    return "One of two balancers is killed";
  }

  @Override
  public String story() {
    return """
    Two HAProxys in front of two nodes, and %1$d clients behind each. Each client knows both addresses, and tries \
    the other one after a failure. HAProxy 1 is killed. A new client comes to HAProxy 2 each %2$d ms.\
    """
        .formatted(CLIENTS, PACE);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    scene.node(redis);
    scene.node(redis);
    HaProxy killed = scene.haproxy();
    HaProxy other = scene.haproxy();
    Clients ofKilled = scene.clients(CLIENTS, killed.port(), other.port());
    Clients ofOther = scene.clients(CLIENTS, other.port(), killed.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, other.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    long fault = recorder.event("kill -9 of HAProxy 1");
    killed.kill();
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() >= CLIENTS);
    recorder.event("its clients are cut");
    ofKilled.awaitAll();
    long back = recorder.event("all clients are back");
    Pause.seconds(2);
    newcomers.end();

    recorder.mustBeNone(
        "clients of the other balancer cut",
        ofOther.endings().values().stream().mapToInt(Integer::intValue).sum());
    recorder.mustBeNone("new connects that failed", newcomers.refused());
    recorder.count("reconnects that failed", scene.tally().refused.sum() - newcomers.refused());
    recorder.must(
        "until all clients are back",
        (back - fault) / 1e3,
        "s",
        "<= %.0f s".formatted(LIMIT),
        seconds -> seconds <= LIMIT);
    Returns.ofClients(recorder, ofKilled);
    Returns.ofNewcomers(recorder, newcomers, fault);
  }
}
