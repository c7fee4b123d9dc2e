package io.carillon.conformance.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that can't choose one themselves. They are below those of outgoing
 * connections, so no connection takes one by chance before its program listens. Each port is given
 * in turn, so that tests side by side get different ones.
 */
public final class Ports {

  private static final int FIRST = 3_000;
  private static final int COUNT = 6_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /** One that nothing listens on at this moment. */
  public static int free() {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + NEXT.getAndUpdate(now -> (now + 1) % COUNT);
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
