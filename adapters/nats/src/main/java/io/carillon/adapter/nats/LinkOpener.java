package io.carillon.adapter.nats;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Receiver;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerUri.Host;
import io.nats.client.Connection;
import io.nats.client.api.ServerInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Opens a {@link NatsLink} to one server. Used by the supervisor's thread. */
final class LinkOpener {

  /** Bulk messages with their envelopes have to fit. */
  private static final long LEAST_PAYLOAD = 320 << 10;

  /** More is not carried, however large the server's limit is. */
  private static final long MOST_PAYLOAD = 16 << 20;

  private final NatsConfig config;
  private final Environment environment;
  private final Connector connector;
  private final SubjectForm form;
  private final Subjects subjects;
  private final Incarnation node;
  private final Receiver receiver;
  private final RandomGenerator random;

  /**
   * @param random draws the names of inboxes
   */
  LinkOpener(
      NatsConfig config,
      Environment environment,
      SubjectForm form,
      Subjects subjects,
      Incarnation node,
      Receiver receiver,
      RandomGenerator random) {
    this.config = config;
    this.environment = environment;
    this.connector = new Connector(config, environment);
    this.form = form;
    this.subjects = subjects;
    this.node = node;
    this.receiver = receiver;
    this.random = random;
  }

  /** Connects, and has the link begin to receive. Blocks. */
  NatsLink open(Host host) throws IOException, InterruptedException {
    CompletableFuture<String> lost = new CompletableFuture<>();
    List<Line> opened = new ArrayList<>();
    try {
      Lines lines =
          new Lines(
              line(host, "subscriptions", lost, opened),
              line(host, "publications", lost, opened),
              line(host, "control", lost, opened),
              line(host, "bulk", lost, opened));
      return NatsLink.open(
          lines, "server " + host, config, environment, form, subjects, node, receiver, lost);
    } catch (IOException | RuntimeException | Error e) {
      Lines.close(opened, Duration.ZERO);
      throw e;
    }
  }

  private Line line(Host host, String task, CompletableFuture<String> lost, List<Line> opened)
      throws IOException, InterruptedException {
    LineEvents events = new LineEvents(lost);
    Connection connection = connector.connect(host, task, events);
    String token = node + "-" + Long.toUnsignedString(random.nextLong(), 36);
    Line line = new Line(environment, connection, events, subjects.inbox(token), lost);
    opened.add(line);
    heed(connection.getServerInfo());
    return line;
  }

  private void heed(ServerInfo info) throws NatsFailure {
    if (!info.isHeadersSupported()) {
      throw new NatsFailure(
          "the server is too old or has headers off: version %s (expected: 2.2 or later)"
              .formatted(info.getVersion()));
    }
    if (info.getMaxPayload() < LEAST_PAYLOAD) {
      throw new NatsFailure(
          "max_payload of the server: %d (expected: at least %d)"
              .formatted(info.getMaxPayload(), LEAST_PAYLOAD));
    }
    form.limit(Math.toIntExact(Math.min(MOST_PAYLOAD, info.getMaxPayload())));
  }
}
