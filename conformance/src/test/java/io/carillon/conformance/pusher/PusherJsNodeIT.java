package io.carillon.conformance.pusher;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pusher-js in Node.js. */
@Tag("any-broker")
class PusherJsNodeIT extends PusherJsContract {

  @RegisterExtension static final PusherService service = new PusherService();

  @Override
  PusherService service() {
    return service;
  }

  @Override
  Driver driver() {
    return service.host();
  }
}
