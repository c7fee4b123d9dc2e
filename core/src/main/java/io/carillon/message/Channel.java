package io.carillon.message;

/**
 * A channel's full name: the app it belongs to and its name there.
 *
 * <p>Names are data. Any text is a name; none of it is ever syntax toward a broker (see {@code
 * io.carillon.broker.ChannelNames}).
 *
 * @param app the app's id, or {@link #NO_APP} for channels that belong to no app (plain topics)
 * @param name the name inside the app, case-sensitive, never empty
 */
public record Channel(String app, String name) {

  /** The id of "no app": the namespace of plain topics. */
  public static final String NO_APP = "";

  public Channel {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("channel name: \"\" (expected: at least one character)");
    }
  }

  /** The channel of a plain topic. */
  public static Channel ofTopic(String topic) {
    return new Channel(NO_APP, topic);
  }

  @Override
  public String toString() {
    return app.isEmpty() ? name : app + "/" + name;
  }
}
