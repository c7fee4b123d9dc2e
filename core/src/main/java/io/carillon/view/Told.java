package io.carillon.view;

/** Whether the outside of the cluster was told that something is so. */
public enum Told {
  /** It was not, or it was told that it is no longer so. */
  NO(0),
  /** It was, and nothing else since. */
  YES(1),
  /** It is told something, or two nodes have told it different things. */
  MAYBE(2);

  private final int code;

  Told(int code) {
    this.code = code;
  }

  /** How it looks in messages. */
  int code() {
    return code;
  }

  /** Whatever is not known here is in doubt. */
  static Told of(int code) {
    return switch (code) {
      case 0 -> NO;
      case 1 -> YES;
      default -> MAYBE;
    };
  }
}
