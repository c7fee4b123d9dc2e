package io.carillon.conformance.pusher;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pusher-http-java. */
@Tag("any-broker")
class PusherHttpJavaIT extends ServerLibraryContract {

  @RegisterExtension static final PusherService service = new PusherService();

  @Override
  PusherService service() {
    return service;
  }

  @Override
  Backend backend() {
    return new JavaBackend(service.balancer().port(), PusherApp.SECRET);
  }
}
