package io.carillon.conformance.reference;

import static org.awaitility.Awaitility.await;

import io.carillon.conformance.machine.Patience;
import io.carillon.conformance.node.Node;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of a cluster whose nodes are replaced one by one, numbered from 1: those that are
 * up, and of these the ones that a balancer sends clients to. The test's thread writes; clients'
 * threads read.
 */
final class Fleet {

  private final int size;
  private final Map<Integer, URI> up = new ConcurrentHashMap<>();
  private final Map<Integer, URI> balanced = new ConcurrentHashMap<>();

  Fleet(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  void up(int number, Node node) {
    up.put(number, node.url());
  }

  void balance(int number) {
    balanced.put(number, awaitUp(number));
  }

  void down(int number) {
    balanced.remove(number);
    up.remove(number);
  }

  /** Whether this is the address of the node with this number, which is up. */
  boolean isUp(int number, URI url) {
    return url.equals(up.get(number));
  }

  /** Whether clients are sent to the node with this number, which has another address. */
  boolean isBackElsewhere(int number, URI url) {
    URI now = balanced.get(number);
    return now != null && !now.equals(url);
  }

  URI awaitUp(int number) {
    return await().atMost(Patience.LIMIT).until(() -> up.get(number), url -> url != null);
  }

  /** The address of the node with this number; the next one's while it is not balanced. */
  URI preferring(int number) {
    for (int i = 0; i < size; i++) {
      URI url = balanced.get((number - 1 + i) % size + 1);
      if (url != null) {
        return url;
      }
    }
    throw new IllegalStateException("no node is up");
  }
}
