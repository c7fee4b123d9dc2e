package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Lane;
import io.carillon.adapter.kit.Outlet;
import io.carillon.adapter.kit.Receiver;
import io.carillon.message.Incarnation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Puts the parts of one {@link KafkaLink} together. Used once, by the supervisor's thread. */
final class LinkOpener {

  /**
   * How many bytes of a lane between nodes wait in this node. Beyond that control messages stay in
   * Kafka, and bulk messages are refused, which their senders are told.
   */
  private static final int MAILBOX_BYTES = 16 << 20;

  private final KafkaConfig config;
  private final Environment environment;
  private final Clients clients;
  private final Topics topics;
  private final TopicLayout layout;
  private final RecordForm form;
  private final Incarnation node;
  private final Receiver receiver;
  private final long linkId;
  private final CompletableFuture<String> lost = new CompletableFuture<>();
  private final List<Reader> readers = new ArrayList<>();
  private final List<TopicWriter> writers = new ArrayList<>();
  private final List<Mailbox> mailboxes = new ArrayList<>();

  /**
   * @param layout the topics as they are
   * @param linkId a random number
   */
  LinkOpener(
      KafkaConfig config,
      Environment environment,
      Clients clients,
      Topics topics,
      TopicLayout layout,
      RecordForm form,
      Incarnation node,
      Receiver receiver,
      long linkId) {
    this.config = config;
    this.environment = environment;
    this.clients = clients;
    this.topics = topics;
    this.layout = layout;
    this.form = form;
    this.node = node;
    this.receiver = receiver;
    this.linkId = linkId;
  }

  /**
   * Connects, resolves the offsets, and begins to read what nodes send each other. Blocks.
   *
   * @param last how far the last link has come; null for the first one
   */
  Opened open(@Nullable Resume last) throws InterruptedException {
    try {
      NodeOutlet control = controlLane();
      NodeOutlet bulk = bulkLane();
      TopicWriter writer = writer("publications", topics.publications());
      List<TopicPartition> partitions =
          TopicLayout.partitions(topics.publications(), layout.publicationPartitions());
      Consumer<ByteBuffer, ByteBuffer> consumer = clients.consumer("publications-in", partitions);
      WantedKeys wanted = new WantedKeys();
      Extents extents = Extents.ask(consumer, partitions, bound());
      Resume resume = resume(last, extents);
      Reader reader =
          reader(consumer, partitions, new PublicationHandler(wanted, form, receiver, resume));
      for (TopicPartition partition : partitions) {
        consumer.seek(
            partition, resume.next(layout.publications(), partition.partition()).orElseThrow());
      }
      Map<Lane, Outlet> outlets =
          Map.of(
              Lane.PUBLICATIONS,
              new PublicationOutlet(writer, layout.publicationPartitions()),
              Lane.CONTROL,
              control,
              Lane.BULK,
              bulk);
      KafkaLink link =
          new KafkaLink(
              environment,
              form,
              wanted,
              new KafkaLink.Parts(
                  reader,
                  List.copyOf(readers),
                  List.copyOf(writers),
                  List.copyOf(mailboxes),
                  outlets),
              resume,
              extents.ends(),
              config.publishing().timeout(),
              lost);
      return new Opened(link, resume, reader);
    } catch (RuntimeException | Error e) {
      abandon();
      throw e;
    }
  }

  private NodeOutlet controlLane() {
    Mailbox mailbox = mailbox("handle-control", body -> receiver.control(body, lost::isDone));
    return nodeLane(
        "control", topics.control(), key -> 0, message -> mailbox.put(message, lost::isDone));
  }

  private NodeOutlet bulkLane() {
    Mailbox mailbox = mailbox("handle-bulk", body -> receiver.bulk(body, lost::isDone));
    return nodeLane(
        "bulk",
        topics.bulk(),
        key -> Partitioning.of(key, layout.bulkPartitions()),
        mailbox::offer);
  }

  private Mailbox mailbox(String task, java.util.function.Consumer<byte[]> listener) {
    Mailbox mailbox = new Mailbox(environment, task, MAILBOX_BYTES, listener);
    mailboxes.add(mailbox);
    return mailbox;
  }

  /** Reads only the partition that messages for this node come to, from its end. */
  private NodeOutlet nodeLane(
      String task, String topic, ToIntFunction<byte[]> partition, Predicate<byte[]> intake) {
    TopicWriter writer = writer(task, topic);
    NodeOutlet outlet =
        new NodeOutlet(writer, partition, NodeInbox.from(node), linkId, environment.timer());
    List<TopicPartition> own =
        List.of(new TopicPartition(topic, partition.applyAsInt(WantedKeys.key(node.toString()))));
    Consumer<ByteBuffer, ByteBuffer> consumer = clients.consumer(task + "-in", own);
    Reader reader =
        reader(
            consumer, own, new NodeInbox(node, intake, writer, partition, outlet, lost::complete));
    consumer.endOffsets(own).forEach(consumer::seek);
    reader.begin(environment.threads("read-" + task), Map.of());
    return outlet;
  }

  private Reader reader(
      Consumer<ByteBuffer, ByteBuffer> consumer,
      List<TopicPartition> partitions,
      Reader.Handler handler) {
    Reader reader =
        new Reader(
            consumer,
            partitions,
            handler,
            new EndWatch(environment.nanoClock(), environment.clock().instant()),
            environment.vendor(),
            environment.clock(),
            lost);
    readers.add(reader);
    return reader;
  }

  private TopicWriter writer(String task, String topic) {
    TopicWriter writer =
        new TopicWriter(topic, clients.producer(task + "-out", layout.maxRecord()), lost::complete);
    writers.add(writer);
    writer.warmUp();
    return writer;
  }

  private Resume resume(@Nullable Resume last, Extents extents) {
    StartOffsets start =
        last == null
            ? StartOffsets.atEnds(extents.all())
            : StartOffsets.after(
                last, layout.publications(), extents.all(), bound(), environment.clock().instant());
    return new Resume(layout.publications(), start.next(), start.skippedUntil());
  }

  private Instant bound() {
    return environment.clock().instant().minus(config.replay());
  }

  private void abandon() throws InterruptedException {
    lost.complete("it could not be opened");
    mailboxes.forEach(Mailbox::close);
    for (Reader reader : readers) {
      reader.awaitEnd(Duration.ofNanos(1));
    }
    writers.forEach(TopicWriter::close);
  }

  /**
   * A link that was opened.
   *
   * @param resume how far it will have come
   * @param reader reads publications
   */
  record Opened(KafkaLink link, Resume resume, Reader reader) {}
}
