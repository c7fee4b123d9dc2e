package io.carillon.benchmark.balancer;

import java.time.Duration;

/** SIGKILL for a node with many clients, all of which come to one other node. */
final class HerdDrill implements Drill {

  private static final int CLIENTS = 5_000;
  private static final int BYSTANDERS = 200;
  private static final int RATE = 500;
  private static final double MOST = 2.5 * RATE;
  private static final double LIMIT = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "herd";
  }

  @Override
  public String title() {
    return "A herd";
  }

  @Override
  public String story() {
    return """
    %,d clients are at node 2, and %d at node 1, which admits %d handshakes a second \
    (`limits.handshakes_per_second`). Node 2 is killed, and all of its clients come to node 1. Those that are \
    too many in a second get 503 with a Retry-After of 1 to 5 s, and back off.\
    """
        .formatted(CLIENTS, BYSTANDERS, RATE);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    scene.node(redis, "--set=limits.handshakes_per_second=" + RATE);
    Node killed = scene.node(redis);
    HaProxy balancer = scene.haproxy();
    balancer.command("set weight websockets/node-2 0");
    Clients bystanders = scene.clients(BYSTANDERS, balancer.port());
    balancer.command("set weight websockets/node-2 100%");
    balancer.command("set weight websockets/node-1 0");
    Clients herd = scene.clients(CLIENTS, balancer.port());
    balancer.command("set weight websockets/node-1 100%");
    Pause.seconds(Pause.SETTLED);
    long refused = scene.tally().refused.sum();

    recorder.begin(2);
    Pause.seconds(Pause.BEFORE);
    long fault = recorder.event("kill -9 of node 2");
    killed.kill();
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() >= CLIENTS);
    recorder.event("its clients are cut");
    Until.holds("half are back", PATIENCE, () -> herd.open() >= CLIENTS / 2);
    long half = recorder.event("half of the clients are back");
    herd.awaitAll();
    long back = recorder.event("all clients are back");
    Pause.seconds(2);

    recorder.must(
        "most connects in a second",
        recorder.mostInASecond(DrillResult.Sample::connects),
        "",
        "<= %,.0f: those of a second, as many at once, and a quarter for late samples"
            .formatted(MOST),
        most -> most <= MOST);
    recorder.must(
        "refused attempts",
        (double) scene.tally().refused.sum() - refused,
        "",
        "> 0, or this was no herd",
        number -> number > 0);
    recorder.figure(
        "most attempts in a second",
        recorder.mostInASecond(sample -> sample.connects() + sample.refused()),
        "");
    recorder.mustBeNone("clients of the other node cut", BYSTANDERS - bystanders.open());
    recorder.mustBeNone("clients cut twice", scene.tally().cut.sum() - CLIENTS);
    recorder.figure("until half of the clients are back", (half - fault) / 1e3, "s");
    recorder.must(
        "until all clients are back",
        (back - fault) / 1e3,
        "s",
        "<= %.0f s".formatted(LIMIT),
        seconds -> seconds <= LIMIT);
    Returns.ofClients(recorder, herd);
  }
}
