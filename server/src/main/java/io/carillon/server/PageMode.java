package io.carillon.server;

/** Whether a node serves the page for browsers and tells the page its name. */
public enum PageMode {
  /** At {@code /}. */
  SERVED,
  /** A plain request gets 426, as at any other path; only files for other programs are served. */
  OFF
}
