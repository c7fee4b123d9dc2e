package io.carillon.protocol.pusher.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.http.PercentDecoder;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A visitor of the page who wants to join a channel.
 *
 * @param socketId the connection that is to subscribe
 * @param channel the channel's name, as the request gives it
 * @param name the name that the visitor chooses; also the user id, so that a visitor with a name
 *     that is already there becomes the same member
 */
record PageVisitor(String socketId, String channel, String name) {

  private static final int MAX_NAME_LENGTH = 64;
  private static final String NOT_UTF8 = "The form is not percent-encoded UTF-8.";

  /** No other signed text begins like this. */
  private static final Pattern SOCKET_ID = Pattern.compile("[0-9]{1,20}\\.[0-9]{1,20}");

  PageVisitor {
    if (!SOCKET_ID.matcher(socketId).matches()) {
      throw new IllegalArgumentException("socket_id is not one (expected: such as 123.456).");
    }
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "name has %d characters (expected: 1 to %d, not all of them space)."
              .formatted(name.length(), MAX_NAME_LENGTH));
    }
  }

  /**
   * Reads the form that pusher-js sends.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong with it
   */
  static PageVisitor parse(byte[] body) {
    String form = textOf(body);
    if (!PercentDecoder.isUtf8(form)) {
      throw new IllegalArgumentException(NOT_UTF8);
    }
    Map<String, String> fields = new HashMap<>();
    for (String pair : form.split("&", -1)) {
      int sign = pair.indexOf('=');
      if (sign >= 0 && fields.put(pair.substring(0, sign), decoded(pair, sign + 1)) != null) {
        throw new IllegalArgumentException("A field is there twice.");
      }
    }
    return new PageVisitor(
        field(fields, "socket_id"), field(fields, "channel_name"), field(fields, "name"));
  }

  /** If bytes were decoded leniently, different names could become the same one. */
  private static String textOf(byte[] body) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(NOT_UTF8, e);
    }
  }

  private static String decoded(String pair, int from) {
    try {
      return URLDecoder.decode(pair.substring(from), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("A percent sign has no two digits behind it.", e);
    }
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing.");
    }
    return value;
  }

  /** The data that the other members get, as JSON. */
  String channelData() {
    return JsonBody.object(
        json -> {
          json.writeStringProperty("user_id", name);
          json.writeObjectPropertyStart("user_info");
          json.writeStringProperty("name", name);
          json.writeEndObject();
        });
  }
}
