package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** One tab of the browser, with a memory of its own. */
public final class Tab {

  private static final Duration GLANCE = Duration.ofMillis(20);
  private static final int SHIFT = 8;

  /** Keys by name: the code by which the browser recognises them, and the text that they type. */
  private enum Key {
    TAB("Tab", 9, ""),
    ENTER("Enter", 13, "\r"),
    RIGHT("ArrowRight", 39, "");

    private final String name;
    private final int code;
    private final String text;

    Key(String name, int code, String text) {
      this.name = name;
      this.code = code;
      this.text = text;
    }
  }

  private final DevTools tools;
  private final String context;
  private final String session;

  /** The page's errors: uncaught ones, and those in the console. */
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

  /** The URLs that the page has requested or opened a WebSocket to. */
  private final Queue<URI> requests = new ConcurrentLinkedQueue<>();

  private Tab(DevTools tools, String context, String session) {
    this.tools = tools;
    this.context = context;
    this.session = session;
    tools.listen(session, this::notice);
  }

  static Tab open(DevTools tools, String url) {
    String context = text(tools.call("Target.createBrowserContext", Map.of()), "browserContextId");
    String target =
        text(
            tools.call(
                "Target.createTarget", Map.of("url", "about:blank", "browserContextId", context)),
            "targetId");
    String session =
        text(
            tools.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true)),
            "sessionId");
    Tab tab = new Tab(tools, context, session);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      tab.call(domain + ".enable", Map.of());
    }
    tab.call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
    return tab.size(1280, 900).go(url);
  }

  private static String text(Map<String, Object> result, String name) {
    return String.valueOf(result.get(name));
  }

  private void notice(String event, Map<String, Object> what) {
    switch (event) {
      case "Runtime.exceptionThrown" -> complaints.add(what.toString());
      case "Log.entryAdded" -> {
        if (DevTools.object(what, "entry").get("level") instanceof String s && s.equals("error")) {
          complaints.add(what.toString());
        }
      }
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(String.valueOf(what.get("type")))) {
          complaints.add(what.toString());
        }
      }
      case "Network.requestWillBeSent" -> {
        String url = text(DevTools.object(what, "request"), "url");
        if (!url.startsWith("data:")) { // Nobody is asked for it.
          requests.add(URI.create(url));
        }
      }
      case "Network.webSocketCreated" -> requests.add(URI.create(text(what, "url")));
      default -> {}
    }
  }

  /** The URLs that the page has requested or opened a WebSocket to, once for each time. */
  List<URI> requests() {
    return List.copyOf(requests);
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private Map<String, Object> call(String method, Map<String, ?> parameters) {
    return tools.call(session, method, parameters);
  }

  /** Goes to a page and waits until its scripts have run. */
  Tab go(String url) {
    call("Page.navigate", Map.of("url", url));
    String script = "location.href !== 'about:blank' && document.readyState === 'complete'";
    return awaitTrue(script);
  }

  Tab size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    return this;
  }

  /** Prefers light or dark, and nothing that moves. */
  Tab colors(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    return this;
  }

  /** The value of an expression, or of its promise; null for undefined. */
  public @Nullable Object evaluate(String expression) {
    Map<String, Object> answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.containsKey("exceptionDetails")) {
      throw new AssertionError(expression + "\n" + answer.get("exceptionDetails"));
    }
    return DevTools.object(answer, "result").get("value");
  }

  /** Waits until an expression is true; it is asked for again and again. */
  public Tab awaitTrue(String expression) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(GLANCE)
        .atMost(Patience.LIMIT)
        .until(() -> Boolean.TRUE.equals(evaluate(expression)));
    return this;
  }

  /** One of the page's two clients, from 1. */
  PagePane pane(int number) {
    return new PagePane(this, number);
  }

  Tab type(String text) {
    call("Input.insertText", Map.of("text", text));
    return this;
  }

  Tab tabKey() {
    return press(Key.TAB, 0);
  }

  Tab shiftTabKey() {
    return press(Key.TAB, SHIFT);
  }

  Tab enterKey() {
    return press(Key.ENTER, 0);
  }

  Tab rightKey() {
    return press(Key.RIGHT, 0);
  }

  private Tab press(Key key, int modifiers) {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type",
              type,
              "key",
              key.name,
              "code",
              key.name,
              "windowsVirtualKeyCode",
              key.code,
              "modifiers",
              modifiers,
              "text",
              type.equals("keyDown") ? key.text : ""));
    }
    return this;
  }

  /** Nothing is wider than the screen, and every control can be scrolled to and hit. */
  void assertFits(int width) {
    assertThat(evaluate("document.documentElement.scrollWidth")).isEqualTo((long) width);
    assertThat(
            evaluate(
                """
                [...document.querySelectorAll('input, button, .log, .told')]
                  .filter(e => e.checkVisibility())
                  .filter(e => {
                    e.scrollIntoView({ block: 'center' });
                    const box = e.getBoundingClientRect();
                    const hit = document.elementFromPoint(
                      box.x + box.width / 2, box.y + box.height / 2);
                    return box.left < 0 || box.right > innerWidth || box.width < 24
                      || box.height < 20 || !(hit === e || e.contains(hit));
                  })
                  .map(e => e.className).join(' ')\
                """))
        .as("out of reach")
        .isEqualTo("");
  }

  /** A PNG of what the tab shows. */
  byte[] screenshot() {
    Map<String, Object> shot = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(text(shot, "data"));
  }

  public void assertNoComplaints() {
    assertThat(complaints()).as("errors in the console").isEmpty();
  }

  /** The text that a user would see, for the report of a failure. */
  String describe() {
    return evaluate("document.body.innerText") + "\n" + String.join("\n", complaints);
  }

  void close() {
    tools.call("Target.disposeBrowserContext", Map.of("browserContextId", context));
  }
}
