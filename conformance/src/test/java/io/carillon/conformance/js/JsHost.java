package io.carillon.conformance.js;

import io.carillon.conformance.pusher.LineProgram;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Node.js with clients of clients/js. As a static {@code @RegisterExtension} it serves a class; its
 * clients are closed after each test.
 */
final class JsHost implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private @Nullable LineProgram program;

  /** A client that begins to connect, with these options of its constructor. */
  JsClient connect(Map<String, ?> options, URI... urls) {
    JsClient client =
        new JsClient(
            Objects.requireNonNull(program, "not started"), "client " + NUMBERS.incrementAndGet());
    client.call("connect", Map.of("urls", List.of(urls), "options", options));
    return client;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    program = LineProgram.startIn("conformance/js-client", Map.of(), "node", "host.js");
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Objects.requireNonNull(program, "not started").call("forgetAll", Map.of());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (program != null) {
      program.close();
    }
  }
}
