package io.carillon.adapter.kit;

import java.io.IOException;

/** A message was certainly not sent: it may be refused, and not only be given up as unknown. */
public final class NotSentException extends IOException {
  public NotSentException(Throwable cause) {
    super(cause);
  }
}
