package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Link;
import io.carillon.adapter.kit.Outlet;
import io.carillon.broker.Gap;
import io.carillon.message.Channel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/**
 * This node's clients of one Kafka cluster: a reader and a writer for each lane. The clients
 * themselves follow a partition to another broker, and lose nothing by that, since they know the
 * offset. When no broker answers for some seconds, the whole is lost.
 */
final class KafkaLink implements Link {

  /** How far the clocks of two nodes may differ. */
  private static final Duration CLOCKS = Duration.ofSeconds(5);

  private final Environment environment;
  private final RecordForm form;
  private final WantedKeys wanted;
  private final Parts parts;
  private final Resume resume;
  private final Map<TopicPartition, Long> ends;
  private final Duration allowance;
  private final CompletableFuture<String> lost;

  /**
   * The parts of a link.
   *
   * @param publications reads publications; the other readers have begun
   * @param readers all readers
   * @param writers all writers
   * @param mailboxes of messages between nodes
   * @param outlets the outlet of each lane
   */
  record Parts(
      Reader publications,
      List<Reader> readers,
      List<TopicWriter> writers,
      List<Mailbox> mailboxes,
      Map<Lane, Outlet> outlets) {}

  /**
   * @param wanted the keys of channels; filled by this link
   * @param resume how far publications are handled; written by the reader
   * @param ends the ends of the topic of publications, up to which this link has to read before the
   *     node is up
   * @param allowance how long a publication may wait in a node before Kafka has it
   */
  KafkaLink(
      Environment environment,
      RecordForm form,
      WantedKeys wanted,
      Parts parts,
      Resume resume,
      Map<TopicPartition, Long> ends,
      Duration allowance,
      CompletableFuture<String> lost) {
    this.environment = environment;
    this.form = form;
    this.wanted = wanted;
    this.parts = parts;
    this.resume = resume;
    this.ends = Map.copyOf(ends);
    this.allowance = allowance.plus(CLOCKS);
    this.lost = lost;
  }

  @Override
  public String name() {
    return "topic " + ends.keySet().stream().findFirst().map(TopicPartition::topic).orElse("");
  }

  /** Every record comes here in any case, so that a channel is routed when its key is known. */
  @Override
  public void bind(Collection<Channel> channels) {
    wanted.add(addresses(channels));
  }

  @Override
  public void unbind(Collection<Channel> channels) {
    wanted.remove(addresses(channels));
  }

  private List<String> addresses(Collection<Channel> channels) {
    return channels.stream().map(form::address).toList();
  }

  /**
   * Reads what was published up to the time at which this link was opened. Blocks while the reader
   * moves; a reader that stands still loses the link.
   *
   * @throws IOException if the link is lost meanwhile
   */
  void catchUp() throws IOException {
    parts.publications().begin(environment.threads("read-publications"), ends);
    try {
      CompletableFuture.anyOf(parts.publications().caughtUp(), lost).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while catching up", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("catching up never fails", e);
    }
    if (lost.isDone()) {
      throw new IOException(lost.join());
    }
  }

  @Override
  public Outlet outlet(Lane lane) {
    return Objects.requireNonNull(parts.outlets().get(lane));
  }

  @Override
  public CompletableFuture<String> lost() {
    return lost;
  }

  @Override
  public Instant wholeAt() {
    return parts.publications().watch().wholeAt().minus(allowance);
  }

  /** Publications are missed only if they were skipped, since they were too old or gone. */
  @Override
  public Optional<Gap> missed(Gap outage) {
    Instant until = resume.skippedUntil();
    resume.reported();
    if (until == null) {
      return Optional.empty();
    }
    Instant end = until.plus(CLOCKS);
    Instant to = end.isBefore(outage.to()) ? end : outage.to();
    return Optional.of(new Gap(outage.reason(), Set.of(), outage.from(), to));
  }

  @Override
  public void close(Duration patience) throws InterruptedException {
    lose("it was closed");
    parts.mailboxes().forEach(Mailbox::close);
    try {
      long end = System.nanoTime() + patience.toNanos();
      for (Reader reader : parts.readers()) {
        reader.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } finally {
      parts.writers().forEach(TopicWriter::close);
    }
  }
}
