package io.carillon.conformance.page;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.Patience;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The Chrome DevTools Protocol: numbered calls, their results, and events of each tab's session.
 * Called by one thread; events arrive on the HTTP client's.
 */
final class DevTools {

  /** Receives an event's name and its parameters. */
  interface Listener extends BiConsumer<String, Map<String, Object>> {}

  private final Map<Integer, CompletableFuture<Map<String, Object>>> calls =
      new ConcurrentHashMap<>();
  private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final Client client;

  private DevTools(URI url) {
    this.client = Client.listen(url, text -> receive(Json.parseObject(text)));
    client.end().whenComplete((code, error) -> end(error == null ? gone(code) : error));
  }

  static DevTools connect(URI url) {
    return new DevTools(url);
  }

  private static IllegalStateException gone(@Nullable Integer code) {
    return new IllegalStateException("the browser has gone: " + code);
  }

  private void end(Throwable cause) {
    ended.completeExceptionally(cause);
    calls.values().forEach(call -> call.completeExceptionally(cause));
  }

  private void receive(Map<String, Object> message) {
    if (message.get("id") instanceof Long id) {
      CompletableFuture<Map<String, Object>> call = calls.remove(Math.toIntExact(id));
      if (call != null) {
        call.complete(message);
      }
      return;
    }
    Listener listener = listeners.get(String.valueOf(message.get("sessionId")));
    if (listener != null) {
      listener.accept(String.valueOf(message.get("method")), object(message, "params"));
    }
  }

  void listen(String session, Listener listener) {
    listeners.put(session, listener);
  }

  /** Calls the browser itself. */
  Map<String, Object> call(String method, Map<String, ?> parameters) {
    return call("", method, parameters);
  }

  /** Calls a tab's session. */
  Map<String, Object> call(String session, String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    Map<String, Object> message = new HashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    calls.put(id, answer);
    if (ended.isCompletedExceptionally()) {
      throw new AssertionError(method + ": the browser has gone", ended.exceptionNow());
    }
    client.send(Json.text(message));
    Map<String, Object> result = await(method, answer);
    if (result.containsKey("error")) {
      throw new AssertionError(method + ": " + result.get("error"));
    }
    return object(result, "result");
  }

  private static Map<String, Object> await(
      String method, CompletableFuture<Map<String, Object>> answer) {
    try {
      return answer.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(method + ": the browser doesn't answer", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** An object inside another; empty where there is none. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Map<String, Object> outer, String name) {
    return outer.get(name) instanceof Map<?, ?> inner ? (Map<String, Object>) inner : Map.of();
  }

  void close() {
    client.close();
  }
}
