package io.carillon.adapter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.adapter.kit.Environment;
import io.carillon.adapter.kit.Receiver;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.message.Channel;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.RecordingListener;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Which records reach the node, and what is noted of them. */
final class PublicationHandlerTest {

  private static final Channel NEWS = Channel.ofTopic("news");
  private static final Channel OTHER = Channel.ofTopic("other");
  private static final Uuid TOPIC = new Uuid(1, 1);

  private final EnvelopeCodec codec = new EnvelopeCodec("cluster", System::nanoTime);
  private final RecordForm form = new RecordForm(new EnvelopeForm(codec));
  private final WantedKeys wanted = new WantedKeys();
  private final Resume resume = new Resume(TOPIC, new long[] {5, 5}, null);
  private final RecordingListener heard = new RecordingListener();
  private final PublicationHandler handler =
      new PublicationHandler(
          wanted,
          form,
          new Receiver(
              new Environment(
                  new Kafka(KafkaConfig.of(KafkaAddress.parse("kafka://h"), "cluster", "node-1")),
                  System::nanoTime,
                  InstantSource.system()),
              codec,
              List.of(form),
              heard),
          resume);

  private void arrive(Channel channel, int partition, long offset) {
    Publication publication =
        new Publication(
            new MessageId(Incarnation.random(new SplittableRandom(7)), offset),
            channel,
            "",
            Payload.text("at " + offset),
            "",
            "",
            0,
            null);
    handler.handle(
        new ConsumerRecord<>(
            "t",
            partition,
            offset,
            ByteBuffer.wrap(WantedKeys.key(form.address(channel))),
            ByteBuffer.wrap(form.encode(publication))));
  }

  private List<String> texts(Channel channel) {
    return heard.publications(channel).stream().map(p -> p.payload().asText()).toList();
  }

  @Test
  void onlyRecordsOfWantedChannelsReachTheNode() {
    arrive(NEWS, 0, 5);
    wanted.add(List.of(form.address(NEWS)));
    arrive(NEWS, 0, 6);
    arrive(OTHER, 0, 7);
    wanted.remove(List.of(form.address(NEWS)));
    arrive(NEWS, 0, 8);

    assertThat(texts(NEWS)).containsExactly("at 6");
    assertThat(texts(OTHER)).isEmpty();
  }

  @Test
  void theNextLinkGoesOnBehindEveryRecordAlsoThoseThatNobodyWants() {
    wanted.add(List.of(form.address(NEWS)));
    arrive(NEWS, 0, 6);
    arrive(OTHER, 1, 40);

    assertThat(resume.next(TOPIC, 0)).hasValue(7);
    assertThat(resume.next(TOPIC, 1)).hasValue(41);
  }

  @Test
  void afterAnUnknownLossTheOffsetsCountNoMore() {
    handler.forget();

    assertThat(resume.next(TOPIC, 0)).isEmpty();
    assertThat(resume.isForgotten(TOPIC)).isTrue();
  }
}
