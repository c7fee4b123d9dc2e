package io.carillon.protocol.pusher;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;

/**
 * Whatever text a client sends: reading it never fails, and what is passed on as it came is a JSON
 * value again, so that no client can say anything outside of its place in a message.
 */
public final class MessageFuzz {

  private static final String TO_OTHERS =
      "{\"event\":\"client-a\",\"channel\":\"private-a\",\"data\":";

  private MessageFuzz() {}

  /** Called by Jazzer, many times. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    boolean within = data.consumeBoolean();
    String text = data.consumeRemainingAsString();
    switch (MessageParser.parse(within ? TO_OTHERS + text : text)) {
      case ClientMessage.ClientEvent event -> requireValue(event.data());
      case ClientMessage.SignIn signIn -> {
        var _ = User.parse(signIn.userData());
      }
      case ClientMessage.Subscribe subscribe -> {
        var _ = ChannelName.parse(subscribe.channel(), 164);
      }
      default -> {}
    }
  }

  private static void requireValue(String value) {
    var fields = JsonFields.fields("{\"before\":1,\"value\":" + value + ",\"after\":2}");
    if (fields.isEmpty() || fields.get().size() != 3) {
      throw new AssertionError("no value: " + value);
    }
  }
}
