package io.carillon.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface that no other test gets, also while nothing listens on them: a
 * relay that is stopped comes back on its port. They are below those that the kernel gives to
 * outgoing connections.
 *
 * <p>Test processes that run side by side share the ports by blocks. A process listens on the first
 * port of a block for as long as it lives, which claims that block, and gives out each of the
 * block's other ports once. Any thread may ask.
 */
public final class Ports {

  private static final int FIRST = 10_000;
  private static final int BLOCKS = 50;
  private static final int BLOCK_SIZE = 100;
  private static final Ports SHARED = new Ports();

  private final List<ServerSocket> claims = new ArrayList<>();
  private int next;
  private int end;

  private Ports() {}

  /** A port on which nothing listens, which no other test is given. */
  public static int unused() {
    return SHARED.take();
  }

  private synchronized int take() {
    while (true) {
      if (next == end) {
        claimBlock();
      }
      int port = next++;
      try (ServerSocket free = listen(port)) {
        return free.getLocalPort();
      } catch (IOException taken) {
        // A program that knows nothing of the blocks listens there.
      }
    }
  }

  private void claimBlock() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int first = FIRST + (start + i) % BLOCKS * BLOCK_SIZE;
      try {
        claims.add(listen(first));
        next = first + 1;
        end = first + BLOCK_SIZE;
        return;
      } catch (IOException taken) {
        // Another process has this block.
      }
    }
    throw new IllegalStateException(
        "the tests have used all ports from " + FIRST + " on, in " + claims.size() + " blocks");
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
