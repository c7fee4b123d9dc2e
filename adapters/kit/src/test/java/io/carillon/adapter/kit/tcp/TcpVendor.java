package io.carillon.adapter.kit.tcp;

import io.carillon.adapter.kit.Vendor;

/** The relay, as the kit speaks of it. */
final class TcpVendor implements Vendor {

  @Override
  public String name() {
    return "TcpRelay";
  }

  @Override
  public String id() {
    return "tcp";
  }
}
