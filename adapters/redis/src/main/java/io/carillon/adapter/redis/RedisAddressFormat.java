package io.carillon.adapter.redis;

import io.carillon.config.Format;
import io.carillon.config.HiddenSecret;

/** The address of Redis, and its password. */
final class RedisAddressFormat implements Format<RedisAddress> {

  @Override
  public RedisAddress read(String text) {
    RedisAddress address = RedisAddress.parse(text);
    String password = address.login().password();
    if (password != null) {
      HiddenSecret.refuse(password);
    }
    return address;
  }

  @Override
  public String write(RedisAddress value) {
    throw new UnsupportedOperationException("a URI with a password is not written again");
  }

  @Override
  public String show(RedisAddress value) {
    return value.toString();
  }

  @Override
  public boolean hides(RedisAddress value) {
    return value.login().password() != null;
  }

  @Override
  public String expectation() {
    return "redis://user:password@host:port";
  }
}
