package io.carillon.adapter.kit;

import java.time.InstantSource;

/** A broker that is only called by its name. */
record TestVendor(String name, String id) implements Vendor {

  static final Vendor INSTANCE = new TestVendor("TestMQ", "test");

  /** With the real clocks. */
  static Environment environment() {
    return new Environment(INSTANCE, System::nanoTime, InstantSource.system());
  }
}
