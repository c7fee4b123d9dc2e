package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.message.Channel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.function.Predicate;

/** The topic that a path's last segment names. */
sealed interface TopicPath {

  record Topic(String name) implements TopicPath {}

  /** The segment can't be a topic. */
  record Wrong(String why) implements TopicPath {}

  /**
   * Percent-decodes strictly: an error is better for a publisher than a message to a topic that it
   * didn't mean.
   *
   * @param carries whether the bus can carry a channel
   */
  static TopicPath decode(String encoded, TopicsConfig topics, Predicate<Channel> carries) {
    byte[] bytes;
    String name;
    try {
      bytes = bytesOf(encoded);
      name = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException | NumberFormatException e) {
      return new Wrong("The topic is not percent-encoded UTF-8.");
    }
    if (name.isEmpty() || !name.equals(TopicsConfig.trim(name))) {
      return new Wrong("The topic has space around it, or nothing inside; clients can't join it.");
    }
    if (bytes.length > topics.maxTopicBytes()) {
      return new Wrong("Topic names may have at most " + topics.maxTopicBytes() + " bytes.");
    }
    return carries.test(topics.channel(name))
        ? new Topic(name)
        : new Wrong(
            "No topic can have this name here: the broker can't carry it, or an app has closed"
                + " it.");
  }

  /** A plus sign stays a plus sign. */
  private static byte[] bytesOf(String encoded) throws CharacterCodingException {
    // The HTTP decoder makes a character of each byte, so these are not the characters that the
    // client meant.
    if (encoded.chars().anyMatch(c -> c > '~')) {
      throw new CharacterCodingException();
    }
    byte[] in = encoded.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] == '%') {
        out.write(digit(in, i + 1) * 16 + digit(in, i + 2));
        i += 2;
      } else {
        out.write(in[i]);
      }
    }
    return out.toByteArray();
  }

  private static int digit(byte[] in, int index) {
    int digit = index < in.length ? Character.digit(in[index], 16) : -1;
    if (digit < 0) {
      throw new NumberFormatException();
    }
    return digit;
  }
}
