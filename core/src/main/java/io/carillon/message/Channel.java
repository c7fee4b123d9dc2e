package io.carillon.message;

import java.util.Comparator;

/**
 * A channel's full name: the app that the channel belongs to, and its name inside the app.
 *
 * <p>Channels have an order, so that a hash map finds a channel quickly even among names that
 * strangers have chosen for their equal hashes. Without an order the JDK's hash map would look at
 * all of them.
 *
 * <p>Names are data. Any text is a name; no part of a name is ever syntax toward a broker (see
 * {@code io.carillon.broker.ChannelNames}).
 *
 * @param app the app's id, or {@link #NO_APP} for channels that belong to no app (plain topics)
 * @param name the name inside the app, case-sensitive, never empty
 */
public record Channel(String app, String name) implements Comparable<Channel> {

  private static final Comparator<Channel> ORDER =
      Comparator.comparing(Channel::name).thenComparing(Channel::app);

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

  /** By name, then by app. */
  @Override
  public int compareTo(Channel other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return app.isEmpty() ? name : app + "/" + name;
  }
}
