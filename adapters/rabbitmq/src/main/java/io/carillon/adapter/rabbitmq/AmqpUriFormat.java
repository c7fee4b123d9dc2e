package io.carillon.adapter.rabbitmq;

import io.carillon.config.Format;
import io.carillon.config.HiddenSecret;

/** The address of RabbitMQ, and its password. */
final class AmqpUriFormat implements Format<AmqpUri> {

  @Override
  public AmqpUri read(String text) {
    AmqpUri uri = AmqpUri.parse(text);
    HiddenSecret.refuse(uri.password());
    return uri;
  }

  @Override
  public String write(AmqpUri value) {
    throw new UnsupportedOperationException("a URI with a password is not written again");
  }

  @Override
  public String show(AmqpUri value) {
    return value.toString();
  }

  // The password of the user guest is known to everybody.
  @Override
  public boolean hides(AmqpUri value) {
    return !value.password().equals(AmqpUri.GUEST);
  }

  @Override
  public String expectation() {
    return "amqp://user:password@host:port/vhost";
  }
}
