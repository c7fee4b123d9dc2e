package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishers and subscribers behind a balancer, whose sums have to close. For the drill's thread.
 */
final class Traffic {

  /** What a node needs, so that the publishers may publish. */
  static final String OPTION = "--set=topics.publish_keys=" + Publishers.KEY;

  private static final int PUBLISHERS = 4;
  private static final long PAUSE = 80;

  private final Scene scene;
  private final Subscribers subscribers;
  private final Publishers publishers;

  /** Subscribes all clients and begins to publish. */
  Traffic(Scene scene, Clients clients, int port) throws InterruptedException {
    this.scene = scene;
    this.subscribers = new Subscribers(scene.tally(), clients);
    this.publishers = scene.add(new Publishers(scene.tally(), PUBLISHERS, port, PAUSE));
  }

  /** Waits until all clients are subscribed. */
  void awaitSubscribed() throws InterruptedException {
    subscribers.awaitAll();
  }

  /** Ends it, waits for what is on its way, and records the sums. */
  void end(Recorder recorder) throws IOException, InterruptedException {
    publishers.end();
    Pause.seconds(2);
    List<List<Span>> gaps = new ArrayList<>();
    for (Node node : scene.nodes()) {
      gaps.add(Gaps.of(scene.folder(), node));
    }
    List<Publication> publications = publishers.publications();
    recorder.must("publications", publications.size(), "", "> 0", published -> published > 0);
    subscribers.sums(publications, gaps).record(recorder);
    recorder.figure("gaps that nodes have reported", gaps.stream().mapToInt(List::size).sum(), "");
  }
}
