package io.carillon.adapter.nats;

import io.carillon.adapter.kit.DropCause;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Link;
import io.carillon.adapter.kit.NotSentException;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Prober;
import io.carillon.adapter.kit.Receiver;
import io.carillon.adapter.kit.UnconfirmedException;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's connections to one server of NATS, with its subscriptions. Never repaired: when any
 * part of it fails, the whole is lost.
 */
final class NatsLink implements Link {

  private static final Logger log = LoggerFactory.getLogger(NatsLink.class);

  /** How long the server may take to handle what was sent. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Beyond this the oldest control messages are dropped: other nodes have long given up a node that
   * is so slow.
   */
  private static final long CONTROL_BYTES = 16L << 20;

  /** Beyond this bulk messages are refused, which their senders are told. */
  private static final long BULK_BYTES = 16L << 20;

  private final Lines lines;
  private final String server;
  private final SubjectForm form;
  private final CompletableFuture<String> lost;
  private final LatestMessages controls;
  private final Mailbox mailbox;
  private final Inlet publications;
  private final Inlet control;
  private final Inlet bulk;
  private final Prober prober;
  private final Overflow publicationOverflow;
  private final Overflow controlOverflow;
  private final Map<Lane, Outlet> outlets;

  /** Null in a broker that nobody has told of other nodes. */
  private final @Nullable Confirmations confirmations;

  private NatsLink(
      Lines lines,
      String server,
      NatsConfig config,
      Environment environment,
      SubjectForm form,
      Subjects subjects,
      Incarnation node,
      Receiver receiver,
      CompletableFuture<String> lost)
      throws IOException {
    this.lines = lines;
    this.server = server;
    this.form = form;
    this.lost = lost;
    this.controls =
        new LatestMessages(
            environment.threads("receive-control"),
            CONTROL_BYTES,
            body -> receiver.control(body, this::isLost));
    this.mailbox = new Mailbox(environment, BULK_BYTES, body -> receiver.bulk(body, this::isLost));
    this.publications =
        new Inlet(
            lines.subscriptions(),
            way(node + "-p", lines.publications(), subjects::channelProbe, subjects),
            config.pendingBytes(),
            environment,
            m -> receiver.publications(form, m.getSubject(), m.getData(), this::isLost),
            this::deaf);
    this.control =
        new Inlet(
            lines.control(),
            way(node + "-c", lines.control(), subjects::nodeProbe, subjects),
            2 * CONTROL_BYTES,
            environment,
            m -> controls.offer(m.getData()),
            this::deaf);
    this.bulk =
        new Inlet(
            lines.bulk(),
            way(node + "-b", lines.bulk(), subjects::bulkProbe, subjects),
            2 * BULK_BYTES,
            environment,
            this::takeBulk,
            this::deaf);
    List<Inlet> inlets = List.of(publications, control, bulk);
    this.prober =
        new Prober(
            environment.vendor(),
            new NatsProbes(
                inlets.stream()
                    .map(Inlet::way)
                    .collect(Collectors.toMap(Inlet.Way::token, Function.identity()))),
            inlets.stream().map(Inlet::hearing).toList(),
            environment.clock(),
            environment.timer(),
            config.publishing().timeout(),
            () -> false,
            this::isLost,
            this::lose);
    this.publicationOverflow =
        overflow(
            environment,
            publications,
            publications::dropped,
            (count, from, to) ->
                receiver.dropped(
                    DropCause.OVERFLOW,
                    "%d messages were dropped: too much waited in this node".formatted(count),
                    from,
                    to));
    this.controlOverflow =
        overflow(
            environment,
            control,
            () -> control.dropped() + controls.dropped(),
            (count, from, to) ->
                log.warn("{} control messages were dropped: this node is too slow", count));
    Duration allowance = Prober.allowance(config.publishing().timeout());
    this.confirmations =
        environment
            .barriers()
            .peers()
            .map(
                peers ->
                    new Confirmations(
                        environment,
                        lines,
                        subjects,
                        node,
                        lines.token(),
                        peers,
                        (reason, since, until) ->
                            receiver.missed(reason, since.minus(allowance), until),
                        lost))
            .orElse(null);
    String toAll = subjects.control();
    this.outlets =
        Map.of(
            Lane.PUBLICATIONS,
            new NatsOutlet(lines.publications(), subject -> false),
            Lane.CONTROL,
            new NatsOutlet(lines.control(), subject -> !subject.equals(toAll)),
            Lane.BULK,
            new BulkOutlet(lines.bulk(), environment.timer()));
  }

  private Overflow overflow(
      Environment environment, Inlet inlet, LongSupplier dropped, Overflow.Report report) {
    return new Overflow(
        dropped,
        () -> prober.wholeAt(inlet.hearing()),
        environment.clock(),
        environment.timer(),
        this::isLost,
        report);
  }

  private static Inlet.Way way(
      String token, Line from, Function<String, String> probe, Subjects subjects) {
    return new Inlet.Way(token, from, probe.apply(token), subjects.fence(token));
  }

  /**
   * Subscribes to what every node hears, and begins to receive and to probe. Blocks.
   *
   * @param lines connected; the caller closes them if this fails
   */
  static NatsLink open(
      Lines lines,
      String server,
      NatsConfig config,
      Environment environment,
      SubjectForm form,
      Subjects subjects,
      Incarnation node,
      Receiver receiver,
      CompletableFuture<String> lost)
      throws IOException {
    NatsLink link =
        new NatsLink(lines, server, config, environment, form, subjects, node, receiver, lost);
    try {
      link.begin(subjects, node);
      return link;
    } catch (IOException | RuntimeException | Error e) {
      link.controls.close();
      link.mailbox.close();
      throw e;
    }
  }

  /** The second wait finds out whether the user may publish. */
  private void begin(Subjects subjects, Incarnation node) throws IOException {
    control.subscribe(subjects.control());
    control.subscribe(subjects.node(node));
    bulk.subscribe(subjects.bulk(node));
    lines.start();
    if (confirmations != null) {
      confirmations.start();
    }
    lines.await(PATIENCE);
    prober.start();
    lines.await(PATIENCE);
    publicationOverflow.start();
    controlOverflow.start();
  }

  /** The answer says whether the message is in this node's queue. */
  private void takeBulk(Message message) {
    if (isLost()) {
      return;
    }
    byte[] answer = mailbox.offer(message.getData()) ? BulkOutlet.TAKEN : BulkOutlet.FULL;
    @Nullable String replyTo = message.getReplyTo();
    if (replyTo != null) {
      try {
        lines.bulk().publish(replyTo, answer);
      } catch (NotSentException e) {
        lose(Failures.reason(e));
      }
    }
  }

  private void deaf(String path) {
    lose("the server no longer sends what this node is subscribed to (were permissions changed?)");
  }

  @Override
  public String name() {
    return server;
  }

  /** The node's own server has handled the subscriptions when the echo behind them is back. */
  @Override
  public void bind(Collection<Channel> channels) throws IOException {
    for (String subject : subjects(channels)) {
      publications.subscribe(subject);
    }
    lines.subscriptions().await(PATIENCE);
  }

  /** The other servers route here when each node has confirmed it. */
  @Override
  public void settle() throws IOException, UnconfirmedException {
    if (confirmations != null) {
      confirmations.settle();
    }
  }

  @Override
  public CompletableFuture<Void> admitted() {
    return confirmations == null ? Link.super.admitted() : confirmations.admitted();
  }

  @Override
  public void unbind(Collection<Channel> channels) throws IOException {
    for (String subject : subjects(channels)) {
      publications.unsubscribe(subject);
    }
    lines.subscriptions().await(PATIENCE);
  }

  private List<String> subjects(Collection<Channel> channels) {
    return channels.stream().map(form::address).toList();
  }

  @Override
  public Outlet outlet(Lane lane) {
    return Objects.requireNonNull(outlets.get(lane));
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public Instant wholeAt() {
    return prober.wholeAt(publications.hearing());
  }

  /** Messages that were dropped shortly before the loss are reported first. */
  @Override
  public void close(Duration atMost) throws InterruptedException {
    lose("it was closed");
    publicationOverflow.look();
    controlOverflow.look();
    if (confirmations != null) {
      confirmations.close();
    }
    controls.close();
    mailbox.close();
    lines.close(atMost);
  }
}
