package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Dialer;
import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Receiver;
import io.carillon.message.Incarnation;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Connects to Kafka. It remembers how far the last link has come, so that the next one goes on from
 * there. Used by the supervisor's thread.
 */
final class KafkaDialer implements Dialer<KafkaLink> {

  /** How long the last link's reader may still hand on what it has read. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final KafkaConfig config;
  private final Environment environment;
  private final Topics topics;
  private final RecordForm form;
  private final Incarnation node;
  private final Receiver receiver;
  private final RandomGenerator random;
  private final ClientProperties properties;

  /** The latest link that was opened; null before the first. */
  private LinkOpener.@Nullable Opened latest;

  /**
   * @param random draws the numbers of links
   */
  KafkaDialer(
      KafkaConfig config,
      Environment environment,
      Topics topics,
      RecordForm form,
      Incarnation node,
      Receiver receiver,
      RandomGenerator random) {
    this.config = config;
    this.environment = environment;
    this.topics = topics;
    this.form = form;
    this.node = node;
    this.receiver = receiver;
    this.random = random;
    this.properties = new ClientProperties(config);
  }

  @Override
  public String place() {
    return config.address().toString();
  }

  /**
   * A new link reads from where the last one has stopped. While the last reader is still busy with
   * a record, nobody knows where that is, so a new link has to wait.
   */
  @Override
  public KafkaLink open() throws IOException, InterruptedException {
    LinkOpener.@Nullable Opened last = latest;
    if (last != null && !last.reader().awaitEnd(PATIENCE)) {
      throw new IOException("this node still handles what the last connection has read");
    }
    try {
      TopicLayout layout = layout();
      form.limit(layout.maxRecord());
      LinkOpener.Opened opened =
          new LinkOpener(
                  config,
                  environment,
                  new Clients(properties),
                  topics,
                  layout,
                  form,
                  node,
                  receiver,
                  random.nextLong())
              .open(last == null ? null : last.resume());
      latest = opened;
      return opened.link();
    } catch (KafkaException e) {
      throw Failures.io(e);
    }
  }

  private TopicLayout layout() throws IOException, InterruptedException {
    Admin admin = Admin.create(properties.admin("topics"));
    try {
      return new TopicSetup(config, topics).prepare(admin);
    } finally {
      admin.close(Duration.ZERO);
    }
  }
}
