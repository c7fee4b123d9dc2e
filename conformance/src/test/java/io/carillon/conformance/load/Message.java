package io.carillon.conformance.load;

/**
 * One message whose fate is known.
 *
 * @param id unique in the load; one publisher's are ascending
 * @param publisher who sent it
 * @param node the number of the publisher's node
 * @param topic where to
 * @param underWay from when it was sent until its fate was known
 * @param fate what became of it
 */
public record Message(
    int id, String publisher, int node, String topic, Window underWay, Fate fate) {

  /**
   * When it was published, as far as its publisher can tell. Of a silent message only the time of
   * sending is known.
   */
  Window published() {
    return fate == Fate.SILENT ? new Window(underWay.from(), underWay.from()) : underWay;
  }

  @Override
  public String toString() {
    return "#%d of %s (node %d) to %s, sent %s, %s %s"
        .formatted(id, publisher, node, topic, underWay.from(), fate, underWay.to());
  }
}
