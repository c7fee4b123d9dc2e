package io.carillon.conformance.pusher;

import io.carillon.conformance.page.Browser;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/** pusher-js in a real browser. */
@ResourceLock(Browser.LOCK)
class PusherJsBrowserIT extends PusherJsContract {

  @RegisterExtension static final PusherService service = new PusherService();
  @RegisterExtension static final Browser browser = new Browser();

  private static Driver page = (_, _) -> null;

  @BeforeAll
  static void open() {
    page = PageDriver.open(browser, service);
  }

  @AfterEach
  void forget() {
    page.call("forgetAll", Map.of());
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
