package io.carillon.protocol.pusher;

import io.carillon.protocol.Handshake;

/** The library of a client, as far as libraries understand different messages. */
enum ClientLibrary {
  /**
   * pusher-js, and Laravel Echo with it: it hands {@code pusher:subscription_error} to the
   * channel's callbacks, and would report a {@code pusher:error} beside it as a second error.
   */
  PUSHER_JS,

  /**
   * Any other library. pusher-java-client and PusherSwift report only {@code pusher:error}, which
   * is what Pusher itself sends for a refused subscription; others know both.
   */
  OTHER;

  /** Libraries name themselves in the parameter {@code client}. */
  static ClientLibrary of(Handshake handshake) {
    return handshake.query().get("client").filter("js"::equals).isPresent() ? PUSHER_JS : OTHER;
  }
}
