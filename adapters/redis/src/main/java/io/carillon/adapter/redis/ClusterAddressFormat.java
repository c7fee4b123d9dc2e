package io.carillon.adapter.redis;

import io.carillon.config.Format;
import io.carillon.config.HiddenSecret;
import java.util.List;

/** The address of a cluster of Redis: a URI, or servers separated by commas or in a list. */
final class ClusterAddressFormat implements Format<RedisAddress> {

  @Override
  public RedisAddress read(String text) {
    return readItems(text.contains("+cluster://") ? List.of(text) : List.of(text.split(",", -1)));
  }

  @Override
  public RedisAddress readItems(List<String> items) {
    RedisAddress address = RedisAddress.parseCluster(items);
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
    return "redis+cluster://user:password@host:port,host:port";
  }
}
