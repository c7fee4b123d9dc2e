package io.carillon.benchmark.peers;

/**
 * Who is connected and who listens where; all cases of a layout are run on the same connections.
 *
 * @param name what it is called, in a case's name too
 * @param title what a reader is told
 * @param clients how many are connected
 * @param listening how many of them are subscribed, evenly to all channels
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
