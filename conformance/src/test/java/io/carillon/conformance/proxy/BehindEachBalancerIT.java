package io.carillon.conformance.proxy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mode of HAProxy and of nginx. */
@Tag("matrix")
@ParameterizedClass(name = "{0}")
@EnumSource
class BehindEachBalancerIT extends BehindBalancerContract {

  BehindEachBalancerIT(BalancerMode mode) {
    super(mode);
  }
}
