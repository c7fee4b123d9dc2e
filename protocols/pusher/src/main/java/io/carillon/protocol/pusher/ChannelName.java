package io.carillon.protocol.pusher;

import io.carillon.message.UnicodeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A channel's name, and what follows from its prefixes. All of it is decided here: which clients
 * may subscribe, which may publish, and what is remembered.
 *
 * @param text the whole name
 * @param kind which clients may subscribe, and what subscribing means
 * @param memory whether the channel remembers its last event for later subscribers
 */
public record ChannelName(String text, Kind kind, Memory memory) {

  /** Which clients may subscribe, and what subscribing means. */
  public enum Kind {
    /** Every client may subscribe. */
    PUBLIC,
    /** Only a client that presents a signature may subscribe. */
    PRIVATE,
    /** Like private, and the server can't read the events. */
    ENCRYPTED,
    /** Like private, and subscribers know of each other. */
    PRESENCE,
    /** Events reach one user, on every connection on which this user has signed in. */
    USER
  }

  /** Whether a channel remembers its last event. */
  public enum Memory {
    NONE,
    /** A cache channel. */
    LAST_EVENT
  }

  private static final String PRIVATE = "private-";
  private static final String ENCRYPTED = "private-encrypted-";
  private static final String PRESENCE = "presence-";
  private static final String CACHE = "cache-";
  private static final String RESERVED = "#";
  private static final String USER = "#server-to-user-";

  /** Reads a name; empty if no channel may have it. */
  public static Optional<ChannelName> parse(@Nullable String text, int maxLength) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    ChannelName name = of(text);
    if (name.isUser()) {
      return UnicodeText.isWellFormed(text) ? Optional.of(name) : Optional.empty();
    }
    return text.length() <= maxLength && isWellFormed(text) ? Optional.of(name) : Optional.empty();
  }

  /** Whether every client could use a channel of this name, if the name were permitted. */
  public static boolean isOpenToAll(String text) {
    return kindOf(text) == Kind.PUBLIC && !text.startsWith(RESERVED);
  }

  /** Whether a text is the name of a channel that remembers its last event. Called very often. */
  static boolean isOfCacheChannel(String text) {
    return memoryOf(text, kindOf(text)) == Memory.LAST_EVENT && isWellFormed(text);
  }

  /** Whether all names with this prefix are names of presence channels. */
  public static boolean isPresencePrefix(String prefix) {
    return prefix.startsWith(PRESENCE);
  }

  private static ChannelName of(String text) {
    Kind kind = kindOf(text);
    return new ChannelName(text, kind, memoryOf(text, kind));
  }

  private static Memory memoryOf(String text, Kind kind) {
    return kind != Kind.USER && text.startsWith(CACHE, prefixOf(kind).length())
        ? Memory.LAST_EVENT
        : Memory.NONE;
  }

  private static Kind kindOf(String text) {
    if (text.startsWith(ENCRYPTED)) {
      return Kind.ENCRYPTED;
    }
    if (text.startsWith(PRIVATE)) {
      return Kind.PRIVATE;
    }
    if (text.startsWith(PRESENCE)) {
      return Kind.PRESENCE;
    }
    return text.startsWith(USER) ? Kind.USER : Kind.PUBLIC;
  }

  private static String prefixOf(Kind kind) {
    return switch (kind) {
      case PUBLIC -> "";
      case PRIVATE -> PRIVATE;
      case ENCRYPTED -> ENCRYPTED;
      case PRESENCE -> PRESENCE;
      case USER -> USER;
    };
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "_-=@,.;".indexOf(c) >= 0;
  }

  /** Whether a client needs a signature to subscribe. */
  public boolean isSigned() {
    return switch (kind) {
      case PRIVATE, ENCRYPTED, PRESENCE -> true;
      case PUBLIC, USER -> false;
    };
  }

  public boolean isPresence() {
    return kind == Kind.PRESENCE;
  }

  public boolean isEncrypted() {
    return kind == Kind.ENCRYPTED;
  }

  public boolean isUser() {
    return kind == Kind.USER;
  }

  /** The user that a {@link Kind#USER} channel reaches. */
  public String userId() {
    return text.substring(USER.length());
  }

  /** Whether the channel remembers its last event. */
  public boolean remembers() {
    return memory == Memory.LAST_EVENT;
  }

  /**
   * Whether clients may publish events of their own to it: a client that can't subscribe can't
   * publish, either.
   */
  public boolean takesClientEvents() {
    return kind == Kind.PRIVATE || kind == Kind.PRESENCE;
  }

  @Override
  public String toString() {
    return text;
  }
}
