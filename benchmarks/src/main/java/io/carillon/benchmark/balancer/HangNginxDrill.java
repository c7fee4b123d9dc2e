package io.carillon.benchmark.balancer;

import java.time.Duration;

/** SIGSTOP for one of two nodes behind nginx, where only its clients notice. */
final class HangNginxDrill implements Drill {

  private static final int CLIENTS = 1_000;
  private static final long PACE = 100;
  private static final double LONGEST_SILENCE = 45;
  private static final double RETURN = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(70);

  @Override
  public String name() {
    return "hang-nginx";
  }

  @Override
  public String title() {
    return "A node hangs behind nginx";
  }

  @Override
  public String story() {
    return """
    Two nodes, %,d clients and a new client each %d ms behind the open-source nginx, which
    checks no node by itself and never ends the connections of a hung node's clients. SIGSTOP
    stops node 2. Its clients ask after 30 s of silence, and give the connection up 15 s
    later. nginx gives up an upgrade at the hung node only after 60 s and each client after 10 s, so
    clients that come to this node again do not reach the other one.\
    """
        .formatted(CLIENTS, PACE);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    scene.node(redis);
    Node hung = scene.node(redis);
    int port = Ports.free();
    Nginx balancer = scene.nginx(port, scene.nginxFile(port));
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(2);
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    int lost = scene.tally().clientsOf(hung.number());
    long fault = recorder.event("SIGSTOP of node 2");
    hung.suspend();
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() > 0);
    long first = recorder.event("the first client gives up");
    Until.holds("cut", PATIENCE, () -> scene.tally().cut.sum() >= lost);
    long cut = recorder.event("all its clients have given up");
    Pause.seconds(RETURN);
    int away = CLIENTS - clients.open();
    recorder.event("%,d clients are still away".formatted(away));
    newcomers.end();

    recorder.count("clients of the hung node", lost);
    recorder.mustBeNone(
        "clients cut by anything but their own rule of silence",
        scene.tally().cut.sum() - clients.silent());
    recorder.figure("until the first client gives up", (first - fault) / 1e3, "s");
    recorder.must(
        "until the last client gives up",
        (cut - fault) / 1e3,
        "s",
        "<= 45 s, the rule of silence",
        seconds -> seconds <= LONGEST_SILENCE + 1);
    recorder.count("clients still away %.0f s after that".formatted(RETURN), away);
    Returns.ofClients(recorder, clients);
    recorder.count("new connects that failed", newcomers.refused());
    Returns.ofNewcomers(recorder, newcomers, fault);
  }
}
