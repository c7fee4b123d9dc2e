package io.carillon.message;

/**
 * Names one message in the whole cluster.
 *
 * @param node the life of the node that sent it
 * @param sequence the message's number among the messages of that life, from 1
 */
public record MessageId(Incarnation node, long sequence) {
  @Override
  public String toString() {
    return node + "-" + sequence;
  }
}
