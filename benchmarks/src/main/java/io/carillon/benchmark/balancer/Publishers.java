package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Backends that publish through a balancer, each one request after the other and never one of them
 * again. Each has a thread of its own.
 */
final class Publishers implements Part {

  /** The key that nodes need. */
  static final String KEY = "drill-drill-drill-drill";

  static final String TOPIC = "drill";
  private static final int TIMEOUT_MILLIS = 15_000;
  private static final int ACCEPTED = 202;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final Tally tally;
  private final int port;
  private final long pauseMillis;
  private final AtomicInteger ids = new AtomicInteger();
  private final Queue<Publication> publications = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads;
  private volatile boolean isEnding;

  /**
   * Starts them.
   *
   * @param pauseMillis from an answer to the next request
   */
  Publishers(Tally tally, int count, int port, long pauseMillis) {
    this.tally = tally;
    this.port = port;
    this.pauseMillis = pauseMillis;
    this.threads =
        IntStream.range(0, count)
            .mapToObj(i -> Thread.ofVirtual().name("publisher-" + i).start(this::publish))
            .toList();
  }

  private void publish() {
    try {
      while (!isEnding) {
        int id = ids.getAndIncrement();
        Instant sent = Instant.now();
        Fate fate = publish(Integer.toString(id));
        publications.add(new Publication(id, sent, Instant.now(), fate));
        tally.published.increment();
        Thread.sleep(pauseMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Fate publish(String text) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      try {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      } catch (IOException e) {
        return Fate.REFUSED;
      }
      socket.getOutputStream().write(request(text));
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String line = reader.readLine();
      return line == null ? Fate.UNKNOWN : fate(Integer.parseInt(line.split(" ", 3)[1]));
    } catch (IOException e) {
      return Fate.UNKNOWN;
    }
  }

  private static byte[] request(String text) {
    return """
    POST /topics/%s HTTP/1.1
    Host: localhost
    Authorization: Bearer %s
    Content-Type: text/plain
    Content-Length: %d
    Connection: close

    %s\
    """
        .formatted(TOPIC, KEY, text.length(), text)
        .replace("\n", "\r\n")
        .getBytes(ISO_8859_1);
  }

  private static Fate fate(int status) {
    return switch (status) {
      case ACCEPTED -> Fate.ACCEPTED;
      case BAD_GATEWAY, GATEWAY_TIMEOUT -> Fate.UNKNOWN;
      default -> Fate.REFUSED;
    };
  }

  /** No more come. Waits for the answers to those that are under way. */
  void end() throws InterruptedException {
    isEnding = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Those whose fate is known. */
  List<Publication> publications() {
    return List.copyOf(publications);
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }
}
