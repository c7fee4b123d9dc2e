package io.carillon.adapter.kit;

/** A kind of message that waits for no other kind, on its way out or in. */
public enum Lane {
  /** Publications of clients. */
  PUBLICATIONS("publisher"),

  /** Small messages between nodes, whose delay matters. */
  CONTROL("control"),

  /** Large messages from one node to another. */
  BULK("bulk");

  private final String thread;

  Lane(String thread) {
    this.thread = thread;
  }

  /** How the name of the thread that publishes on this lane ends. */
  String thread() {
    return thread;
  }
}
