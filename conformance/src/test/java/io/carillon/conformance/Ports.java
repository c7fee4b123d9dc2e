package io.carillon.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that can't choose one themselves. They are below those of outgoing
 * connections, so no connection takes one by chance before its program listens. Each of the
 * processes that run tests side by side has a range of its own, and asks for each port of it in
 * turn.
 */
final class Ports {

  private static final int FIRST = 3_000;
  private static final int SHARE = 3_000;
  private static final int PROCESSES = 2;

  /** The number of this process among those that run tests, from 1. */
  private static final int PROCESS = Integer.getInteger("carillon.fork", 1) - 1;

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(SHARE));

  private Ports() {}

  /** One that nothing listens on at this moment. */
  static int free() {
    for (int tries = 0; tries < SHARE; tries++) {
      int place = NEXT.getAndUpdate(now -> (now + 1) % SHARE);
      int port = FIRST + PROCESS % PROCESSES * SHARE + place;
      if (isFree(port)) {
        return port;
      }
    }
    throw new AssertionError("no free port from " + FIRST + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
