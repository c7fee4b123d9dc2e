package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A node is added and another one leaves, while backends publish. */
final class ScaleDrill implements Drill {

  private static final int CLIENTS = 300;
  private static final int NEW_CLIENTS = 100;
  private static final long PACE = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String title() {
    return "A node is added, and one leaves";
  }

  @Override
  public String story() {
    return """
    Two nodes, %d clients and a new client each %d ms behind HAProxy, while backends publish. Node 3 is added by the \
    commands in the comments of the generated file, and %d more clients come. Then node 1 drains and ends, and is deleted by \
    commands. HAProxy is not reloaded.\
    """
        .formatted(CLIENTS, PACE, NEW_CLIENTS);
  }

  @Override
  public void run(Scene scene, Recorder recorder) throws Exception {
    Redis redis = scene.redis();
    Node leaving = scene.node(redis, Traffic.OPTION);
    scene.node(redis, Traffic.OPTION);
    int port = Ports.free();
    String file = scene.haproxyFile(port);
    HaProxy balancer = scene.haproxy(port, naming(file));
    for (Node node : scene.nodes()) {
      balancer.awaitStatus("websockets", node.name(), "UP");
    }
    Clients clients = scene.clients(CLIENTS, balancer.port());
    Pause.seconds(Pause.SETTLED);

    recorder.begin(3);
    Traffic traffic = new Traffic(scene, clients, balancer.port());
    Newcomers newcomers = scene.add(new Newcomers(scene.tally(), recorder, balancer.port(), PACE));
    Pause.seconds(Pause.BEFORE);
    recorder.event("node 3 starts");
    Node added = scene.node(redis, Traffic.OPTION);
    long commands = recorder.event("node 3 is ready, and added to HAProxy");
    for (String command : commands(file, added)) {
      balancer.command(command);
    }
    balancer.awaitStatus("websockets", added.name(), "UP");
    balancer.awaitStatus("api", added.name(), "UP");
    long up = recorder.event("HAProxy: node 3 is up");
    Clients more = scene.clients(NEW_CLIENTS, balancer.port());
    recorder.event("%d clients more".formatted(NEW_CLIENTS));
    int taken = scene.tally().clientsOf(added.number());
    long moved = scene.tally().cut.sum();
    Pause.seconds(6);

    int lost = scene.tally().clientsOf(leaving.number());
    recorder.event("node 1 is told to drain");
    leaving.drain();
    Until.holds("the node ends", PATIENCE, () -> !leaving.isAlive());
    recorder.event("node 1 has ended");
    clients.awaitAll();
    more.awaitAll();
    recorder.event("all clients are back");
    String deleted = delete(balancer, leaving);
    recorder.event("node 1 is deleted");
    Pause.seconds(3);
    newcomers.end();

    traffic.end(recorder);
    recorder.mustBeNone("new connects that failed", newcomers.refused());
    recorder.mustBeNone(
        "reconnects that failed", scene.tally().refused.sum() - newcomers.refused());
    recorder.figure("until HAProxy has the new node up", (up - commands) / 1e3, "s");
    recorder.must(
        "of %d new clients, those at the new node".formatted(NEW_CLIENTS),
        taken,
        "",
        ">= %d".formatted(NEW_CLIENTS * 9 / 10),
        number -> number >= NEW_CLIENTS * 0.9);
    recorder.mustBeNone("clients cut while it was added", moved);
    recorder.count("clients of the node that left", lost);
    recorder.must(
        "servers deleted",
        deleted.split("Server deleted", -1).length - 1,
        "",
        "2, one for each backend",
        number -> number == 2);
    recorder.mustBeNone(
        "clients that ended without 1012", scene.tally().cut.sum() - told(clients) - told(more));
    Returns.ofClients(recorder, clients);
  }

  /** HAProxy takes no cookie for a node that is added, so answers name the node in another way. */
  private static String naming(String file) {
    String backend = "backend websockets";
    return BalancerFile.replace(
        file,
        "(?m)^" + backend + "$",
        backend + "\n  http-response set-header Set-Cookie serverid=%s");
  }

  private static int told(Clients clients) {
    return clients.endings().getOrDefault(1012, 0);
  }

  /** The commands in the file's comments, with this node's address. */
  private static List<String> commands(String file, Node node) {
    return file.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("#   ") && line.contains("node-9"))
        .map(line -> line.substring(4))
        .map(line -> line.replace("10.0.0.19:8080", node.address()).replace("node-9", node.name()))
        .toList();
  }

  /** HAProxy's answers. */
  private static String delete(HaProxy balancer, Node node) throws IOException {
    StringBuilder answers = new StringBuilder();
    for (String backend : List.of("websockets", "api")) {
      String server = backend + "/" + node.name();
      balancer.command("set server %s state maint".formatted(server));
      answers.append(balancer.command("del server " + server));
    }
    return answers.toString();
  }
}
