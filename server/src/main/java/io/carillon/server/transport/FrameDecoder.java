package io.carillon.server.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames (RFC 6455 section 5) and puts fragmented messages together; {@link
 * io.carillon.hub.Frame} makes the outgoing frames. One per connection; keeps no state except an
 * unfinished message. Runs on the connection's loop.
 *
 * <p>A text whose fragments can't be UTF-8 any more ends the connection with the first wrong
 * fragment, and not at the message's end, which may never come (section 8.1).
 */
final class FrameDecoder {

  /** Receives what was read. An exception ends the connection. */
  interface Listener {
    void onText(byte[] utf8) throws WebSocketException;

    void onBinary(byte[] data);

    void onPing(byte[] payload);

    void onPong();

    /** The payload is that of a valid close frame. */
    void onClose(byte[] payload);
  }

  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int MASKED = 0x80;
  private static final int MASK_BYTES = 4;
  private static final int MAX_CONTROL_PAYLOAD = 125;
  private static final byte[] EMPTY = {};

  private final int maxFrameBytes;
  private final int maxMessageBytes;
  private final Listener listener;

  /** The kind of the message whose fragments are being collected; 0 outside of a message. */
  private int fragmentedOpcode;

  /** The state of a fragmented text; null outside of one. */
  private @Nullable Utf8Progress text;

  private byte[] fragments = EMPTY;
  private int fragmentsLength;

  FrameDecoder(TransportConfig config, Listener listener) {
    this.maxFrameBytes = config.maxFrameBytes();
    this.maxMessageBytes = config.maxMessageBytes();
    this.listener = listener;
  }

  /** Reads one frame if it has arrived completely; consumes nothing otherwise. */
  boolean decode(ByteBuf in) throws WebSocketException {
    if (in.readableBytes() < 2) {
      return false;
    }
    int start = in.readerIndex();
    int first = in.getUnsignedByte(start);
    int second = in.getUnsignedByte(start + 1);
    int opcode = first & 0x0F;
    boolean last = (first & FIN) != 0;
    checkHeader(first, second, opcode, last);

    int shortLength = second & 0x7F;
    int lengthBytes = shortLength < 126 ? 0 : shortLength == 126 ? 2 : 8;
    int header = 2 + lengthBytes + MASK_BYTES;
    if (in.readableBytes() < header - MASK_BYTES) {
      return false;
    }
    long length =
        switch (lengthBytes) {
          case 0 -> shortLength;
          case 2 -> in.getUnsignedShort(start + 2);
          default -> in.getLong(start + 2);
        };
    checkLength(length, lengthBytes, opcode);
    if (in.readableBytes() < header + length) {
      return false;
    }
    int mask = in.getInt(start + header - MASK_BYTES);
    byte[] payload = new byte[(int) length];
    in.getBytes(start + header, payload);
    in.readerIndex(start + header + payload.length);
    Masking.apply(mask, payload);
    accept(opcode, last, payload);
    return true;
  }

  private void checkHeader(int first, int second, int opcode, boolean last)
      throws WebSocketException {
    if ((first & RESERVED) != 0) {
      throw WebSocketException.protocolError("reserved bits are set");
    }
    if ((second & MASKED) == 0) {
      throw WebSocketException.protocolError("a client's frames must be masked");
    }
    switch (opcode) {
      case CONTINUATION -> {
        if (fragmentedOpcode == 0) {
          throw WebSocketException.protocolError("continuation of nothing");
        }
      }
      case TEXT, BINARY -> {
        if (fragmentedOpcode != 0) {
          throw WebSocketException.protocolError("a new message inside a fragmented one");
        }
      }
      case CLOSE, PING, PONG -> {
        if (!last) {
          throw WebSocketException.protocolError("a fragmented control frame");
        }
        if ((second & 0x7F) > MAX_CONTROL_PAYLOAD) {
          throw WebSocketException.protocolError("a control frame of over 125 bytes");
        }
      }
      default -> throw WebSocketException.protocolError("unknown opcode " + opcode);
    }
  }

  private void checkLength(long length, int lengthBytes, int opcode) throws WebSocketException {
    if (length < 0
        || (lengthBytes == 2 && length < 126)
        || (lengthBytes == 8 && length <= 0xFFFF)) {
      throw WebSocketException.protocolError("the length is not in its shortest form");
    }
    if (length > maxFrameBytes) {
      throw new WebSocketException(
          WebSocketException.TOO_BIG, "a frame may have at most " + maxFrameBytes + " bytes");
    }
    if (opcode < CLOSE && fragmentsLength + length > maxMessageBytes) {
      throw new WebSocketException(
          WebSocketException.TOO_BIG, "a message may have at most " + maxMessageBytes + " bytes");
    }
  }

  private void accept(int opcode, boolean last, byte[] payload) throws WebSocketException {
    switch (opcode) {
      case PING -> listener.onPing(payload);
      case PONG -> listener.onPong();
      case CLOSE -> {
        checkClose(payload);
        listener.onClose(payload);
      }
      default -> acceptData(opcode, last, payload);
    }
  }

  private void acceptData(int opcode, boolean last, byte[] payload) throws WebSocketException {
    if (last && fragmentedOpcode == 0) {
      deliver(opcode, payload);
      return;
    }
    if (opcode != CONTINUATION) {
      fragmentedOpcode = opcode;
      text = opcode == TEXT ? new Utf8Progress() : null;
    }
    if (!last
        && text != null
        && !text.accepts(payload)) { // The last fragment is checked with the whole message.
      throw new WebSocketException(
          WebSocketException.INVALID_PAYLOAD, "a fragment of a text message is not UTF-8");
    }
    append(payload);
    if (last) {
      byte[] message = Arrays.copyOf(fragments, fragmentsLength);
      int messageOpcode = fragmentedOpcode;
      fragments = EMPTY;
      fragmentsLength = 0;
      fragmentedOpcode = 0;
      text = null;
      deliver(messageOpcode, message);
    }
  }

  private void append(byte[] payload) {
    int needed = fragmentsLength + payload.length;
    if (needed > fragments.length) {
      fragments =
          Arrays.copyOf(
              fragments, Math.min(maxMessageBytes, Math.max(needed, 2 * fragments.length)));
    }
    System.arraycopy(payload, 0, fragments, fragmentsLength, payload.length);
    fragmentsLength = needed;
  }

  private void deliver(int opcode, byte[] message) throws WebSocketException {
    if (opcode == TEXT) {
      listener.onText(message);
    } else {
      listener.onBinary(message);
    }
  }

  /** RFC 6455 sections 5.5.1 and 7.4. */
  private static void checkClose(byte[] payload) throws WebSocketException {
    if (payload.length == 0) {
      return;
    }
    if (payload.length == 1) {
      throw WebSocketException.protocolError("a close frame with half a code");
    }
    int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    boolean allowed =
        (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
            || (code >= 3000 && code <= 4999);
    if (!allowed) {
      throw WebSocketException.protocolError("close code " + code + " may not be sent");
    }
    if (Utf8.decode(Arrays.copyOfRange(payload, 2, payload.length)) == null) {
      throw new WebSocketException(
          WebSocketException.INVALID_PAYLOAD, "the close reason is not UTF-8");
    }
  }
}
