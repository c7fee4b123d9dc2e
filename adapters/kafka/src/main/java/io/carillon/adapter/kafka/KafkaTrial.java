package io.carillon.adapter.kafka;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.RoundTrip;
import io.carillon.broker.BrokerConfigurationException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.message.Incarnation;
import io.carillon.part.BrokerContext;
import io.carillon.part.BrokerTrial;
import io.carillon.part.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Tries everything that a node does with Kafka, without being a node: connects, reads, publishes,
 * and receives the publication. Where the topics are not there it only asks whether they could be
 * created. Nothing is left behind but one record, which Kafka deletes after a while.
 *
 * @param config how the node would use Kafka
 */
record KafkaTrial(KafkaConfig config, BrokerContext context) implements BrokerTrial {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  @Override
  public Finding run() throws IOException, InterruptedException {
    KafkaAddress address = config.address();
    try {
      return Finding.ok(SUBJECT, address + ": " + tryEverything());
    } catch (BrokerConfigurationException e) {
      throw new BrokerConfigurationException(address + ": " + e.getMessage(), e);
    } catch (IOException e) {
      Optional<BrokerConfigurationException> wrong = Failures.configuration(e, config);
      if (wrong.isPresent()) {
        throw new BrokerConfigurationException(address + ": " + wrong.get().getMessage(), e);
      }
      throw new IOException(address + ": " + Failures.reason(e), e);
    }
  }

  private String tryEverything() throws IOException, InterruptedException {
    Topics topics = Topics.of(config.prefix());
    List<String> missing = missing(topics);
    if (!missing.isEmpty()) {
      return "connected; the node will create " + String.join(", ", missing);
    }
    publish(topics);
    return "connected, published and heard it";
  }

  private List<String> missing(Topics topics) throws IOException, InterruptedException {
    try {
      Admin admin = Admin.create(new ClientProperties(config).admin("doctor"));
      try {
        return new TopicSetup(config, topics).rehearse(admin);
      } finally {
        admin.close(Duration.ZERO);
      }
    } catch (KafkaException e) {
      throw Failures.io(e);
    }
  }

  private void publish(Topics topics) throws IOException, InterruptedException {
    Environment environment =
        new Environment(new Kafka(config), context.nanoClock(), context.clock());
    Incarnation node = Incarnation.random(context.random());
    EnvelopeCodec codec = new EnvelopeCodec(config.cluster(), context.nanoClock());
    RecordForm form = new RecordForm(new EnvelopeForm(codec));
    RoundTrip trip = new RoundTrip(environment, codec, form, node);
    KafkaLink link =
        new KafkaDialer(config, environment, topics, form, node, trip.receiver(), context.random())
            .open();
    try {
      link.catchUp();
      trip.run(link, PATIENCE);
    } finally {
      link.close(GOODBYE);
    }
  }
}
