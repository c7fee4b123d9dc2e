package io.carillon.conformance.page;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.node.Node;
import io.carillon.conformance.node.NodeKind;
import java.util.List;
import java.util.Map;

/** The page's Pusher tab, of nodes that have an app for visitors. */
record PusherPage(TwoNodePage page) {

  static final String SECRET = "canary-secret-of-the-page";

  private static final String APP =
      "[{id: demo, key: demo-key, secret: %s, enable_client_messages: true}]".formatted(SECRET);

  /** A node whose visitors may try an app. */
  static NodeKind node() {
    return (number, uri) ->
        Node.launch(
            Map.of(
                "RABBITMQ_URL",
                uri,
                "CARILLON_APP_MANAGER_ARRAY_APPS",
                APP,
                "CARILLON_PAGE_PUSHER_APP",
                "demo",
                "CARILLON_PAGE_CLUSTER",
                "figures"),
            List.of("--port", "0", "--node-id", "n" + number));
  }

  /** The page of the first node, which knows both, with this tab on top. */
  Tab open() {
    return choose(page.open());
  }

  /** Both its clients are on the first node. */
  Tab openOnOneNode() {
    String url = page.url(1);
    return choose(page.browser().open(page.plainUrl(1) + "?nodes=" + url + "," + url));
  }

  private static Tab choose(Tab tab) {
    tab.evaluate("document.getElementById('tab-pusher').click()");
    return tab.awaitTrue("document.querySelectorAll('#view-pusher .pane').length === 2");
  }

  /** One of the two clients, from 1. Those of the other tab come before them. */
  static PagePane pane(Tab tab, int number) {
    return tab.pane(number + 2);
  }

  /** Presses Join and waits until the channel has let the client in. */
  static PagePane join(Tab tab, int number) {
    PagePane pane = pane(tab, number).click("enter");
    return pane.awaitTrue(part(number, "members") + ".childElementCount > 0");
  }

  /** Waits until a client's list of members is this, in order. */
  static void awaitMembers(Tab tab, int number, String... names) {
    tab.awaitTrue(
        "[...%s.children].map(m => m.textContent).join() === %s"
            .formatted(part(number, "members"), Json.text(String.join(",", names))));
  }

  /** A part of a client, in JavaScript. */
  static String part(int number, String name) {
    return "document.querySelectorAll('#view-pusher .pane')[%d].querySelector('.%s')"
        .formatted(number - 1, name);
  }
}
