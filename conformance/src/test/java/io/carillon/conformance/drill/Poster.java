package io.carillon.conformance.drill;

import io.carillon.conformance.load.Fate;
import io.carillon.conformance.load.Message;
import io.carillon.conformance.load.Window;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A backend that publishes numbers to one topic by HTTP, one request after the other, and none
 * twice. It owns a virtual thread; any thread may call it.
 */
final class Poster implements AutoCloseable {

  static final String KEY = "canary-key-canary-key";

  private static final String NAME = "backend";
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final int ACCEPTED = 202;
  private static final int REFUSED = 503;

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest.Builder request;
  private final String topic;
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean isEnding;

  /** Begins at once. */
  Poster(URI balancer, String topic) {
    this.topic = topic;
    this.request =
        HttpRequest.newBuilder(URI.create("http://" + balancer.getAuthority() + "/topics/" + topic))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "text/plain");
    this.thread = Thread.ofVirtual().name(NAME).start(this::run);
  }

  private void run() {
    for (int number = 1; !isEnding; number++) {
      Instant sent = Instant.now();
      Fate fate = publish(number);
      messages.add(new Message(number, NAME, 0, topic, new Window(sent, Instant.now()), fate));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private Fate publish(int number) {
    try {
      HttpRequest post = request.copy().POST(BodyPublishers.ofString(number + "")).build();
      return switch (http.send(post, BodyHandlers.discarding()).statusCode()) {
        case ACCEPTED -> Fate.HEARD;
        case REFUSED -> Fate.REFUSED;
        default -> Fate.UNKNOWN;
      };
    } catch (IOException e) {
      return Fate.UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Fate.UNKNOWN;
    }
  }

  /** Ends behind the message that is under way; all that were sent. */
  List<Message> end() throws InterruptedException {
    isEnding = true;
    thread.join();
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    isEnding = true;
    http.close();
  }
}
