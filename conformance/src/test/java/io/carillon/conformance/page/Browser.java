package io.carillon.conformance.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.conformance.machine.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real browser without a window, Debian's chromium, driven through its own protocol. It ends with
 * the tests' JVM at the latest: a shell holds it and watches the pipe to us.
 *
 * <p>As a static {@code @RegisterExtension} it serves a class; its tabs close behind each test.
 */
public final class Browser implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /** The lock of tests that use a browser: two at a time would keep each other waiting. */
  public static final String LOCK = "browser";

  private static final String LISTENING = "DevTools listening on ";

  private static final String HOLD = "\"$@\" </dev/null & read -r _; kill $!; wait $!";

  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox", // The flag keeps the sandbox off for root; the browser loads no page
          // except those of the tests.
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--disable-background-timer-throttling",
          "--disable-backgrounding-occluded-windows",
          "--disable-renderer-backgrounding",
          "--disable-component-update",
          "--disable-default-apps",
          "--disable-sync",
          "--no-first-run",
          "--hide-scrollbars",
          "--force-color-profile=srgb",
          "--remote-debugging-port=0");

  private final Deque<Tab> tabs = new ArrayDeque<>();
  private @Nullable Process process;
  private @Nullable Path profile;
  private @Nullable DevTools tools;

  /** A tab of its own, which shares nothing with others. */
  public Tab open(String url) {
    Tab tab = Tab.open(Objects.requireNonNull(tools, "not started"), url);
    tabs.push(tab);
    return tab;
  }

  /** The same, which stays open as long as the browser. */
  public Tab openForAll(String url) {
    return Tab.open(Objects.requireNonNull(tools, "not started"), url);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    profile = Files.createTempDirectory("carillon-chromium");
    List<String> command = new ArrayList<>(List.of("sh", "-c", HOLD, "sh", "chromium"));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    process = new ProcessBuilder(command).start();
    tools = DevTools.connect(awaitAddress(process.errorReader(UTF_8)));
  }

  private static URI awaitAddress(BufferedReader messages) throws IOException {
    List<String> seen = new ArrayList<>();
    for (String line = messages.readLine(); line != null; line = messages.readLine()) {
      seen.add(line);
      if (line.startsWith(LISTENING)) {
        Thread.startVirtualThread(() -> messages.lines().forEach(_ -> {}));
        return URI.create(line.substring(LISTENING.length()));
      }
    }
    throw new IOException("chromium did not start:\n" + String.join("\n", seen));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    boolean failed = context.getExecutionException().isPresent();
    while (!tabs.isEmpty()) {
      Tab tab = tabs.pop();
      if (failed) {
        System.out.println("--- tab\n" + tab.describe() + "\n---");
      }
      tab.close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (tools != null) {
      tools.call("Browser.close", Map.of());
      tools.close();
    }
    if (process != null) {
      process.outputWriter().close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
      }
    }
    if (profile != null) {
      deleteTree(profile);
    }
  }

  /** Files that an ending process writes meanwhile stay in the temporary folder. */
  private static void deleteTree(Path folder) {
    try {
      Folders.deleteTree(folder);
    } catch (UncheckedIOException leftOver) {
      System.out.println("left over: " + leftOver);
    }
  }
}
