package io.carillon.conformance.page;

import io.carillon.conformance.client.Json;
import java.util.List;

/** One of the two clients on the page, as a user sees it. */
record PagePane(Tab tab, int number) {

  /** The text after a line of the client's own. */
  static final String BACK = "^back in [0-9.]+ ms$";

  /** The text after a line that came from a node. */
  static String from(String node) {
    return "^from " + node + " in [0-9.]+ ms$";
  }

  private String pane() {
    return "document.querySelectorAll('.pane')[%d]".formatted(number - 1);
  }

  private String part(String name) {
    return pane() + ".querySelector('." + name + "')";
  }

  private static String quoted(String text) {
    return Json.text(text);
  }

  PagePane fill(String field, String text) {
    tab.evaluate(
        "(field => { if (field.disabled || field.matches(':disabled')) throw new Error('disabled');"
            + " field.value = %s; })(%s)".formatted(quoted(text), part(field)));
    return this;
  }

  PagePane click(String button) {
    tab.evaluate(
        "(button => { if (button.matches(':disabled')) throw new Error('disabled');"
            + " button.click(); })(%s)".formatted(part(button)));
    return this;
  }

  boolean isDisabled(String control) {
    return Boolean.TRUE.equals(tab.evaluate(part(control) + ".matches(':disabled')"));
  }

  String value(String field) {
    return String.valueOf(tab.evaluate(part(field) + ".value"));
  }

  String textOf(String name) {
    return String.valueOf(tab.evaluate(part(name) + ".textContent"));
  }

  /** Joins a server under a name, and waits until it is greeted. */
  PagePane join(String urls, String name) {
    fill("url", urls).fill("name", name).click("enter");
    return awaitJoined("lobby");
  }

  PagePane subscribe(String topic) {
    return fill("topic", topic)
        .click("subscribe")
        .awaitLine("System: Subscribed to \"" + topic + "\".");
  }

  PagePane say(String topic, String text) {
    return fill("topic", topic).fill("message", text).click("send");
  }

  /** The lines that it shows, without the times that they took. */
  List<String> lines() {
    return List.of(
        String.valueOf(
                tab.evaluate(
                    "[...%s.querySelectorAll('.text')].map(t => t.textContent).join('\\0')"
                        .formatted(part("log"))))
            .split("\0"));
  }

  PagePane awaitLine(String line) {
    return awaitTrue(
        "[...%s.querySelectorAll('.text')].some(t => t.textContent === %s)"
            .formatted(part("log"), quoted(line)));
  }

  /** Waits until a line says by itself how long it took. */
  PagePane awaitLine(String line, String tookPattern) {
    return awaitTrue(
        ("[...%s.children].some(p => p.querySelector('.text').textContent === %s"
                + " && new RegExp(%s).test(p.querySelector('.took')?.textContent))")
            .formatted(part("log"), quoted(line), quoted(tookPattern)));
  }

  PagePane awaitState(String state) {
    return awaitTrue(pane() + ".dataset.state === " + quoted(state));
  }

  /** Waits until it is connected and in exactly these topics, in order. */
  PagePane awaitJoined(String... topics) {
    return awaitTrue(
        "%s.dataset.state === 'on' && [...%s.children].map(t => t.textContent).join(' ') === %s"
            .formatted(pane(), part("joined"), quoted(String.join(" ", topics))));
  }

  PagePane awaitNode(String name) {
    return awaitTrue(part("node") + ".textContent === " + quoted(name));
  }

  PagePane awaitTrue(String expression) {
    tab.awaitTrue(expression);
    return this;
  }

  PagePane awaitText(String name, String pattern) {
    return awaitTrue("new RegExp(%s).test(%s.textContent)".formatted(quoted(pattern), part(name)));
  }
}
