package io.carillon.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.machine.Threads;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.pusher.AppCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that hear what {@link PostTraffic} publishes, each connected to its node without the
 * balancer. The nodes' topics are joined to the app, so one client hears events and messages. Each
 * has a thread.
 */
final class PostListeners implements AutoCloseable {

  private static final Pattern LINE = Pattern.compile("b\\d+#\\d+x?: \\d+");

  private final Journal journal;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Journal.Hearing> hearings = new ArrayList<>();
  private volatile boolean open = true;

  PostListeners(Journal journal) {
    this.journal = journal;
  }

  /** Starts to listen on a node, which must stay. */
  PostListeners on(Node node) {
    String name = "the listener on " + node.url();
    Client client = Client.connect(node.url().resolve(AppCluster.path()));
    AppCluster.greeted(client);
    client
        .send(AppCluster.subscribe(PostTraffic.NAME))
        .expect(AppCluster.succeeded(PostTraffic.NAME));
    Journal.Hearing hearing = journal.open(name);
    hearing.subscribed();
    hearings.add(hearing);
    threads.add(Thread.ofVirtual().name(name).start(() -> hear(name, client, hearing)));
    return this;
  }

  private void hear(String name, Client client, Journal.Hearing hearing) {
    try (client) {
      while (open) {
        client.poll().flatMap(PostListeners::line).ifPresent(hearing::hear);
        if (client.isClosed()) {
          journal.wrong(name + " was disconnected");
          return;
        }
      }
    }
  }

  private static Optional<String> line(String frame) {
    Matcher matcher = LINE.matcher(frame);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** Waits until each has heard all that was accepted. */
  void awaitAll() {
    awaitAllSince(0);
  }

  /** Waits until each has heard all that was accepted and was sent after this moment. */
  void awaitAllSince(long moment) {
    await()
        .atMost(Patience.LIMIT)
        .untilAsserted(() -> assertThat(missing()).noneMatch(message -> message.sentAt() > moment));
  }

  /** What was accepted so far, and was not heard by one of them. */
  List<Journal.Message> missing() {
    long now = journal.now();
    return hearings.stream().flatMap(it -> journal.missing(it, now).stream()).toList();
  }

  @Override
  public void close() {
    open = false;
    Threads.join(threads);
  }
}
