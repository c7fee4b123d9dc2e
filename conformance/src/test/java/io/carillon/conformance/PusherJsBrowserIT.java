package io.carillon.conformance;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pusher-js in a real browser. */
class PusherJsBrowserIT extends PusherJsContract {

  @RegisterExtension static final PusherService service = new PusherService();
  @RegisterExtension static final Browser browser = new Browser();

  private Driver page = (_, _) -> null;

  @BeforeEach
  void open() {
    page = PageDriver.open(browser, service);
  }

  @Override
  PusherService service() {
    return service;
  }

  @Override
  Driver driver() {
    return page;
  }
}
