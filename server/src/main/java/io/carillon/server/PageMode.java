package io.carillon.server;

/** Whether a node serves the page for browsers, and tells its name to it. */
public enum PageMode {
  /** At {@code /}. */
  SERVED,
  /** Whoever asks is told to upgrade, as at any other path. */
  OFF
}
