package io.carillon.conformance.pusher;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.page.Browser;
import io.carillon.conformance.page.Tab;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Driver} in a tab of the browser, on the page that the application's backend serves. It
 * stays open as long as the browser.
 */
final class PageDriver implements Driver {

  private final Tab tab;

  private PageDriver(Tab tab) {
    this.tab = tab;
  }

  static PageDriver open(Browser browser, PusherService service) {
    Tab tab = browser.openForAll(service.backendUrl() + "/");
    tab.evaluate("start(" + Json.text(PusherApp.KEY) + ")");
    return new PageDriver(tab);
  }

  @Override
  public @Nullable Object call(String operation, Map<String, ?> arguments) {
    return tab.evaluate("call(" + Json.text(operation) + "," + Json.text(arguments) + ")");
  }
}
