package io.carillon.benchmark.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * New clients that come at a steady pace, whatever happens to earlier ones. Each connects once,
 * without a cookie, and leaves when it has its answer. One thread starts them; each has a virtual
 * thread of its own.
 */
final class Newcomers implements Part {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final byte[] HANDSHAKE =
      """
      GET /?name=newcomer HTTP/1.1
      Host: localhost
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

      """
          .replace("\n", "\r\n")
          .getBytes(ISO_8859_1);

  /**
   * One attempt.
   *
   * @param begun in milliseconds of the timeline
   * @param tookMillis until its answer or its failure
   * @param status of the answer; 0 if there was none within 10 s
   */
  record Attempt(long begun, long tookMillis, int status) {

    boolean isRefused() {
      return status != 101;
    }
  }

  private final Tally tally;
  private final Recorder recorder;
  private final int port;
  private final long paceMillis;
  private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread starter;

  /**
   * Starts them; the timeline must have begun.
   *
   * @param paceMillis from one to the next
   */
  Newcomers(Tally tally, Recorder recorder, int port, long paceMillis) {
    this.tally = tally;
    this.recorder = recorder;
    this.port = port;
    this.paceMillis = paceMillis;
    this.starter = Thread.ofPlatform().daemon().name("newcomers").start(this::come);
  }

  private void come() {
    try {
      while (true) {
        threads.execute(this::attempt);
        Thread.sleep(paceMillis);
      }
    } catch (InterruptedException e) {
      threads.shutdown();
    }
  }

  private void attempt() {
    long begun = recorder.millis();
    int status = 0;
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.getOutputStream().write(HANDSHAKE);
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String line = reader.readLine();
      status = line == null ? 0 : Integer.parseInt(line.split(" ", 3)[1]);
    } catch (IOException e) {
      // Without an answer.
    }
    Attempt attempt = new Attempt(begun, recorder.millis() - begun, status);
    (attempt.isRefused() ? tally.refused : tally.connects).increment();
    attempts.add(attempt);
  }

  /** No more come. Waits for the answers to those that are under way. */
  void end() throws InterruptedException {
    starter.interrupt();
    starter.join();
    threads.awaitTermination(2L * TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Those that have ended. */
  List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  int refused() {
    return (int) attempts.stream().filter(Attempt::isRefused).count();
  }

  /** The longest wait for an answer, in milliseconds. */
  long slowest() {
    return attempts.stream().mapToLong(Attempt::tookMillis).max().orElse(0);
  }

  /**
   * The time from a moment until the first attempt after which none fails and none waits longer
   * than a second, in milliseconds; 0 if none did so.
   */
  long untilAllSucceed(long moment) {
    return attempts.stream()
        .filter(attempt -> attempt.isRefused() || attempt.tookMillis() > 1_000)
        .mapToLong(attempt -> attempt.begun() + paceMillis - moment)
        .max()
        .orElse(0);
  }

  @Override
  public void close() {
    starter.interrupt();
    threads.shutdownNow();
  }
}
