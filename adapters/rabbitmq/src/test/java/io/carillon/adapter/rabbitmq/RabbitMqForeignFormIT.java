package io.carillon.adapter.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.carillon.broker.ForeignForm;
import io.carillon.broker.PublishOutcome;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.protocol.topics.DemoForm;
import io.carillon.testkit.BrokerNode;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that share RabbitMQ with servers of another form: here the demo's. */
@Timeout(60)
final class RabbitMqForeignFormIT {

  private static final Channel SPORTS = Channel.ofTopic("sports");

  private final TestRabbitMq cluster = new TestRabbitMq();
  private final List<BrokerNode> nodes = new ArrayList<>();

  /** What a node speaks. */
  enum Speaks {
    OWN(null),
    BOTH_WRITING_OWN(ForeignForm.Use.READ),
    BOTH_WRITING_FOREIGN(ForeignForm.Use.READ_AND_WRITE);

    final ForeignForm.@Nullable Use use;

    Speaks(ForeignForm.@Nullable Use use) {
      this.use = use;
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(BrokerNode::close);
    cluster.management().deleteExchange(cluster.config().exchange());
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "BOTH_WRITING_FOREIGN, BOTH_WRITING_FOREIGN",
    "BOTH_WRITING_FOREIGN, BOTH_WRITING_OWN",
    "BOTH_WRITING_OWN, BOTH_WRITING_FOREIGN",
    "BOTH_WRITING_OWN, BOTH_WRITING_OWN",
    "BOTH_WRITING_OWN, OWN",
    "OWN, BOTH_WRITING_OWN",
    "OWN, BOTH_WRITING_FOREIGN"
  })
  void hearsEveryPublicationOnceAndInOrder(Speaks writes, Speaks reads) {
    BrokerNode writer = node(writes);
    BrokerNode reader = node(reads);
    writer.subscribe(SPORTS);
    reader.subscribe(SPORTS);
    List<String> texts = IntStream.range(0, 5_000).mapToObj(Integer::toString).toList();

    List<CompletableFuture<PublishOutcome>> outcomes =
        texts.stream().map(text -> writer.publish(SPORTS, text)).toList();
    writer.publishAccepted(SPORTS, "end");

    assertThat(outcomes)
        .allSatisfy(o -> assertThat(o).isCompletedWithValue(PublishOutcome.ACCEPTED));
    for (BrokerNode node : List.of(writer, reader)) {
      assertThat(node.awaitTexts(SPORTS, texts.size() + 1))
          .startsWith(texts.toArray(String[]::new))
          .endsWith("end");
    }
  }

  @Test
  void leavesBothExchangesWhenItUnsubscribes() {
    BrokerNode node = node(Speaks.BOTH_WRITING_FOREIGN);
    BrokerNode other = node(Speaks.BOTH_WRITING_OWN);
    node.subscribe(SPORTS, Channel.ofTopic("end"));
    node.unsubscribe(SPORTS);

    node.publishAccepted(SPORTS, "foreign");
    other.publishAccepted(SPORTS, "own");
    node.publishAccepted(Channel.ofTopic("end"), "end");
    other.publishAccepted(Channel.ofTopic("end"), "end");

    node.awaitTexts(Channel.ofTopic("end"), 2);
    assertThat(node.texts(SPORTS)).isEmpty();
  }

  @Test
  void carriesOnlyWhatBothFormsCarry() {
    Channel pattern = Channel.ofTopic("a.*");
    Channel dotted = Channel.ofTopic("a.b");
    assertThat(node(Speaks.OWN).broker().carries(pattern)).isTrue();
    for (Speaks both : List.of(Speaks.BOTH_WRITING_OWN, Speaks.BOTH_WRITING_FOREIGN)) {
      assertThat(node(both).broker().carries(pattern)).isFalse();
      assertThat(node(both).broker().carries(dotted)).isTrue();
    }
    assertThat(BrokerNode.await(node(Speaks.BOTH_WRITING_FOREIGN).publish(pattern, "x")))
        .isInstanceOf(PublishOutcome.Refused.class);
  }

  @Test
  void staysWellWhateverStrangersPublish() throws Exception {
    BrokerNode node = node(Speaks.BOTH_WRITING_FOREIGN);
    node.subscribe(SPORTS);
    String exchange = cluster.config().exchange();

    ConnectionFactory factory = new ConnectionFactory();
    factory.setUri(URI.create(TestRabbitMq.environment("CARILLON_TEST_RABBITMQ_URL")));
    try (Connection connection = factory.newConnection();
        com.rabbitmq.client.Channel amqp = connection.createChannel()) {
      for (String body : List.of("", "not JSON", "{\"formattedMessage\":7}", "[".repeat(100_000))) {
        amqp.basicPublish(exchange, "sports", null, body.getBytes(UTF_8));
        amqp.basicPublish(exchange + ".v1", "sports", null, body.getBytes(UTF_8));
      }
      amqp.basicPublish(
          exchange, "sports", null, "{\"formattedMessage\":\"hello\"}".getBytes(UTF_8));
    }

    assertThat(node.awaitTexts(SPORTS, 1)).containsExactly("hello");
  }

  private BrokerNode node(Speaks speaks) {
    Incarnation incarnation = Incarnation.random(new SplittableRandom());
    DemoForm demo = new DemoForm("test", incarnation, 1 << 16, System::nanoTime);
    BrokerNode node =
        new BrokerNode(
            incarnation,
            new RabbitMqBroker(
                cluster.config(),
                speaks.use == null ? null : new ForeignForm(demo, speaks.use),
                System::nanoTime,
                InstantSource.system(),
                new SplittableRandom()));
    nodes.add(node);
    return node.start();
  }
}
