package io.carillon.conformance.proxy;

import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One way through HAProxy, and one through nginx. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"HAPROXY_HTTP", "NGINX_HTTP_STICKY"})
class BehindBalancerIT extends BehindBalancerContract {

  BehindBalancerIT(BalancerMode mode) {
    super(mode);
  }
}
