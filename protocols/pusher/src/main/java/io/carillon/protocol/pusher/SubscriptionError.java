package io.carillon.protocol.pusher;

import io.carillon.app.AppLimits;

/**
 * Why a client is not subscribed, in the form of {@code pusher:subscription_error}.
 *
 * @param type the error, for programs
 * @param status the error, as an HTTP status
 * @param error what is wrong and what to do, for people
 */
record SubscriptionError(String type, int status, String error) {

  private static final String AUTH = "AuthError";
  private static final String LIMIT = "LimitReached";
  private static final String INVALID = "InvalidSubscription";

  static final SubscriptionError NOT_SIGNED =
      new SubscriptionError(
          AUTH,
          401,
          "The signature is not that of this socket, channel and channel_data (expected:"
              + " key:HMAC-SHA256 of socket_id:channel or socket_id:channel:channel_data)");

  static final SubscriptionError ANOTHER_USER =
      new SubscriptionError(AUTH, 401, "Only the user who has signed in may subscribe to this");

  static final SubscriptionError NOBODY =
      new SubscriptionError(
          AUTH, 401, "A presence channel needs channel_data, or a user who has signed in");

  static final SubscriptionError INVALID_CHANNEL_DATA =
      new SubscriptionError(
          INVALID,
          400,
          "Invalid channel_data (expected: {\"user_id\":…,\"user_info\":…}, the id a string or a"
              + " whole number of at most "
              + UserIds.MAX_LENGTH
              + " characters)");

  static final SubscriptionError NOT_CARRIED =
      new SubscriptionError(INVALID, 400, "The message bus has no address for this channel");

  static final SubscriptionError TOO_MANY =
      new SubscriptionError(LIMIT, 403, "This connection has as many subscriptions as it may have");

  static final SubscriptionError NO_ROOM =
      new SubscriptionError(
          LIMIT, 503, "This node has no room for another member; try again, on another node");

  static SubscriptionError invalidName(AppLimits limits) {
    return new SubscriptionError(
        INVALID,
        400,
        "Invalid channel name (expected: 1 to %d of A-Z a-z 0-9 _ - = @ , . ;)"
            .formatted(limits.maxChannelNameLength()));
  }

  static SubscriptionError memberTooLarge(int most) {
    return new SubscriptionError(
        INVALID, 400, "The user_info is too long (expected: at most %d bytes)".formatted(most));
  }

  static SubscriptionError full(int most) {
    return new SubscriptionError(
        LIMIT, 403, "The channel has as many members as it may have, %d".formatted(most));
  }
}
