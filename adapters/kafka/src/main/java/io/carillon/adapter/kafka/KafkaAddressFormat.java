package io.carillon.adapter.kafka;

import io.carillon.config.Format;
import io.carillon.config.HiddenSecret;
import java.util.List;

/** Some brokers of Kafka: URLs or hosts with ports, separated by commas or in a list. */
final class KafkaAddressFormat implements Format<KafkaAddress> {

  @Override
  public KafkaAddress read(String text) {
    return readItems(List.of(text.split(",", -1)));
  }

  @Override
  public KafkaAddress readItems(List<String> items) {
    KafkaAddress address = KafkaAddress.parse(items);
    HiddenSecret.refuse(address.password());
    return address;
  }

  @Override
  public String write(KafkaAddress value) {
    throw new UnsupportedOperationException("a URL with a password is not written again");
  }

  @Override
  public String show(KafkaAddress value) {
    return value.toString();
  }

  @Override
  public boolean hides(KafkaAddress value) {
    return !value.password().isEmpty();
  }

  @Override
  public String expectation() {
    return "kafka://user:password@host:port";
  }
}
