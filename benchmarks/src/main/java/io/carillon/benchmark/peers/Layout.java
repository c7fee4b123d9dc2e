package io.carillon.benchmark.peers;

/**
 * The clients and their subscriptions; all cases of a layout use the same connections.
 *
 * @param name the layout's name, also a part of a case's name
 * @param title the layout's name for readers
 * @param clients how many clients are connected
 * @param listening how many clients are subscribed, evenly to all channels
 * @param channels how many channels there are
 */
record Layout(String name, String title, int clients, int listening, int channels) {

  Layout {
    if (listening > clients || channels > listening) {
      throw new IllegalArgumentException(
          "%s: %d channels, %d listening, %d clients (expected: each at most the next)"
              .formatted(name, channels, listening, clients));
    }
  }
}
