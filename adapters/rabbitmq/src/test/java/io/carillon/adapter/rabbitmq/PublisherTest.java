package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.PublishOutcome;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PublisherTest {

  private final Publisher publisher =
      new Publisher(
          "carillon-test-publisher",
          new Wire.Lane(new EnvelopeForm(new EnvelopeCodec("test", System::nanoTime)), "exchange"),
          PublishLimits.DEFAULT);
  private final List<String> lost = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws InterruptedException {
    publisher.close();
    publisher.join(Duration.ofSeconds(5));
  }

  @Test
  void losesTheLinkWhenWritingFails() throws Exception {
    publisher.attach(channel(new IOException("Broken pipe")), lost::add);

    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);
    await()
        .untilAsserted(
            () ->
                assertThat(lost).containsExactly("the connection to RabbitMQ broke: Broken pipe"));
    assertThat(publish()).isInstanceOf(PublishOutcome.Refused.class);
    assertThat(lost).hasSize(1);
  }

  @Test
  void losesTheLinkWhenTheChannelIsClosedAlready() throws Exception {
    AMQP.Connection.Close reason = new AMQP.Connection.Close.Builder().replyText("bye").build();
    publisher.attach(
        channel(new AlreadyClosedException(new ShutdownSignalException(true, false, reason, ""))),
        lost::add);

    assertThat(publish()).isInstanceOf(PublishOutcome.Refused.class);
    await().untilAsserted(() -> assertThat(lost).containsExactly("RabbitMQ is gone"));
  }

  @Test
  void publishesAgainThroughTheNextLink() throws Exception {
    publisher.attach(channel(new IOException("Broken pipe")), lost::add);
    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);

    List<String> lostAgain = new CopyOnWriteArrayList<>();
    publisher.attach(channel(new IOException("Connection reset")), lostAgain::add);
    assertThat(publish()).isInstanceOf(PublishOutcome.Unknown.class);
    await().untilAsserted(() -> assertThat(lostAgain).hasSize(1));
    assertThat(lost).as("what one link lost is not said of another").hasSize(1);
  }

  private PublishOutcome publish() throws Exception {
    CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();
    publisher.publish("key", new byte[10], outcome::complete);
    return outcome.get(5, TimeUnit.SECONDS);
  }

  /** An AMQP channel through which nothing can be written. */
  private static Channel channel(Exception failure) {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "basicPublish" -> throw failure;
                  case "addConfirmListener" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
