package io.carillon.adapter.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.ShutdownSignalException;
import io.carillon.adapter.kit.Answers;
import io.carillon.adapter.kit.NotSentException;
import io.carillon.broker.EnvelopeCodec;
import io.carillon.broker.EnvelopeForm;
import io.carillon.broker.PublishOutcome;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExchangeOutletTest {

  private final List<String> published = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private @Nullable Exception failure;
  private @Nullable ConfirmListener confirms;
  private final ExchangeOutlet outlet =
      new ExchangeOutlet(
          channel(),
          "exchange",
          new EnvelopeForm(new EnvelopeCodec("test", System::nanoTime)),
          new PublishOutcome.Unknown("RabbitMQ could not take it"));

  @Test
  void publishesToTheExchangeByTheAddress() throws Exception {
    outlet.write(1, "key", new byte[10]);

    assertThat(published)
        .containsExactly("exchange key application/vnd.carillon.envelope transient 10 bytes");
  }

  @Test
  void confirmsAreAnswers() throws Exception {
    outlet.answerTo(new Recorder());
    ConfirmListener rabbit = Objects.requireNonNull(confirms);

    rabbit.handleAck(3, false);
    rabbit.handleAck(5, true);
    rabbit.handleNack(6, false);
    rabbit.handleNack(9, true);

    assertThat(answers)
        .containsExactly("3 Accepted", "up to 5 Accepted", "6 Unknown", "up to 9 Unknown");
  }

  @Test
  void whatAClosedChannelWasGivenIsCertainlyNotSent() {
    AMQP.Connection.Close reason = new AMQP.Connection.Close.Builder().replyText("bye").build();
    failure = new AlreadyClosedException(new ShutdownSignalException(true, false, reason, ""));

    assertThatThrownBy(() -> outlet.write(1, "key", new byte[10]))
        .isInstanceOf(NotSentException.class);
  }

  @Test
  void whatBreaksWhileItIsWrittenMayHaveBeenSent() {
    failure = new IOException("Broken pipe");

    assertThatThrownBy(() -> outlet.write(1, "key", new byte[10])).isSameAs(failure);
  }

  private final class Recorder implements Answers {

    @Override
    public void one(long number, PublishOutcome outcome) {
      answers.add(number + " " + outcome.getClass().getSimpleName());
    }

    @Override
    public void upTo(long number, PublishOutcome outcome) {
      answers.add("up to " + number + " " + outcome.getClass().getSimpleName());
    }
  }

  private Channel channel() {
    return (Channel)
        Proxy.newProxyInstance(
            Channel.class.getClassLoader(),
            new Class<?>[] {Channel.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "basicPublish" -> publish(arguments);
                case "addConfirmListener" -> confirms = (ConfirmListener) arguments[0];
                default -> throw new UnsupportedOperationException(method.getName());
              }
              return null;
            });
  }

  private void publish(Object[] arguments) throws Exception {
    if (failure != null) {
      throw failure;
    }
    AMQP.BasicProperties properties = (AMQP.BasicProperties) arguments[2];
    published.add(
        "%s %s %s %s %d bytes"
            .formatted(
                arguments[0],
                arguments[1],
                properties.getContentType(),
                properties.getDeliveryMode() == 1 ? "transient" : "kept",
                ((byte[]) arguments[3]).length));
  }
}
