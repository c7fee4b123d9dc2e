package io.carillon.benchmark.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The app that the clients belong to.
 *
 * @param key what clients connect with
 * @param secret what signs a subscription
 */
record App(String key, String secret) {

  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int LONG = 126;

  /** The request that opens a WebSocket. */
  String handshake() {
    return """
    GET /app/%s?protocol=7&client=benchmark&version=1 HTTP/1.1
    Host: localhost
    Upgrade: websocket
    Connection: Upgrade
    Sec-WebSocket-Version: 13
    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

    """
        .formatted(key)
        .replace("\n", "\r\n");
  }

  /** The frame in which a user subscribes to a presence channel. */
  ByteBuffer subscribe(String channel, String socketId, String user) {
    String data = "{\"user_id\":\"" + user + "\"}";
    String auth = key + ":" + signature(socketId + ":" + channel + ":" + data);
    String message =
        """
        {"event":"pusher:subscribe","data":{"channel":"%s","auth":"%s","channel_data":"%s"}}\
        """
            .formatted(channel, auth, data.replace("\"", "\\\""));
    byte[] text = message.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + text.length)
        .put((byte) TEXT)
        .put((byte) (MASKED | LONG))
        .putShort((short) text.length)
        .putInt(0) // A mask of zeros changes nothing.
        .put(text)
        .flip();
  }

  private String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
