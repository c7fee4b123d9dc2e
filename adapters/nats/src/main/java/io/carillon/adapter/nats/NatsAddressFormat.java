package io.carillon.adapter.nats;

import io.carillon.config.Format;
import io.carillon.config.HiddenSecret;
import java.util.List;

/** The servers of NATS: URLs, separated by commas or in a list. */
final class NatsAddressFormat implements Format<NatsAddress> {

  @Override
  public NatsAddress read(String text) {
    return readItems(List.of(text.split(",", -1)));
  }

  @Override
  public NatsAddress readItems(List<String> items) {
    NatsAddress address = NatsAddress.parse(items);
    HiddenSecret.refuse(address.credentials().password());
    HiddenSecret.refuse(address.credentials().token());
    return address;
  }

  @Override
  public String write(NatsAddress value) {
    throw new UnsupportedOperationException("a URL with a password is not written again");
  }

  @Override
  public String show(NatsAddress value) {
    return value.toString();
  }

  @Override
  public boolean hides(NatsAddress value) {
    return value.credentials().hasSecret();
  }

  @Override
  public String expectation() {
    return "nats://user:password@host:port";
  }
}
