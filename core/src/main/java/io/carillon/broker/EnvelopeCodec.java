package io.carillon.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The envelope, version 1: how a publication or a control message looks on every broker.
 *
 * <p>All numbers are big-endian. A string is two bytes of length and that many bytes of UTF-8. The
 * first ten bytes mean the same in every version, so that a reader can step over what it doesn't
 * know. A broker message holds one envelope or several, one after the other.
 *
 * <pre>
 *  0  u16  magic 0xCA11
 *  2  u8   version, 1
 *  3  u8   kind: 1 publication, 2 control
 *  4  u16  flags; none yet, unknown ones are ignored
 *  6  u32  length of the whole envelope
 * 10  u128 incarnation of the sending node
 * 26  u64  sequence in that incarnation
 * 34  u64  epoch milliseconds at the sender, informational
 * 42  u8   payload type: 0 text, 1 binary, 2 JSON
 * 43  string cluster, app, channel, event, sender, excluded subscriber (control: type as event)
 *     u16  length of the extensions in bytes
 *     each extension: u16 id, u16 length, that many bytes
 *     payload, to the end
 * </pre>
 *
 * <p>A later version of Carillon may add fields as extensions without a new version of the
 * envelope: a reader skips the extensions that it doesn't know. No extension is known yet, so the
 * whole area is skipped.
 *
 * <p>An envelope that can't be read (another magic, an unknown version or kind, another cluster,
 * malformed) is dropped, counted and logged at most once a minute. Safe for use by many threads.
 */
public final class EnvelopeCodec {

  /** The most bytes that one string of an envelope may have. */
  static final int MAX_STRING = 0xFFFF;

  private static final short MAGIC = (short) 0xCA11;
  private static final byte VERSION = 1;
  private static final byte KIND_PUBLICATION = 1;
  private static final byte KIND_CONTROL = 2;
  private static final int PREFIX = 10;
  private static final int MILLIS = 34;
  private static final int FIXED = 43;
  private static final int STRINGS = 6;
  private static final int EXTENSIONS = Short.BYTES;
  private static final Payload.Type[] PAYLOAD_TYPES = {
    Payload.Type.TEXT, Payload.Type.BINARY, Payload.Type.JSON
  };

  private final byte[] cluster;
  private final UnreadableMessages unreadable;

  /**
   * @param cluster the name of the cluster; envelopes of other clusters are dropped
   * @param nanoClock a monotonic clock, in nanoseconds
   */
  public EnvelopeCodec(String cluster, LongSupplier nanoClock) {
    this.cluster = cluster.getBytes(UTF_8);
    this.unreadable = new UnreadableMessages(nanoClock);
  }

  /** How many envelopes were dropped because they could not be read here. */
  public long dropped() {
    return unreadable.count();
  }

  /**
   * Writes a publication.
   *
   * @throws IllegalArgumentException when one of its strings has more than 65,535 bytes
   */
  public byte[] encode(Publication publication) {
    return encode(KIND_PUBLICATION, Fields.of(publication));
  }

  /**
   * Writes a control message.
   *
   * @param sentAtMillis epoch milliseconds, informational
   */
  public byte[] encode(ControlMessage message, long sentAtMillis) {
    return encode(KIND_CONTROL, Fields.of(message, sentAtMillis));
  }

  /**
   * Reads a broker message: hands each envelope in it to {@link EnvelopeReader#onPublication} or
   * {@link EnvelopeReader#onControl}, in order, on the calling thread.
   */
  public void decode(byte[] message, EnvelopeReader reader) {
    ByteBuffer in = ByteBuffer.wrap(message);
    while (in.hasRemaining()) {
      int start = in.position();
      if (in.remaining() < PREFIX || in.getShort(start) != MAGIC) {
        unreadable.add("no envelope: " + in.remaining() + " bytes");
        return;
      }
      int length = in.getInt(start + 6);
      if (length < PREFIX || length > in.remaining()) {
        unreadable.add("envelope length: " + length + " (expected: 10 to " + in.remaining() + ")");
        return;
      }
      decodeOne(in.slice(start, length), reader);
      in.position(start + length);
    }
  }

  /**
   * When the first envelope of a broker message was published, by its publisher's clock: epoch
   * milliseconds. Empty if that can't be read or is missing.
   */
  public static OptionalLong publishedAtMillis(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    boolean readable =
        message.length >= FIXED
            && in.getShort(0) == MAGIC
            && in.get(2) == VERSION
            && in.get(3) == KIND_PUBLICATION;
    long millis = readable ? in.getLong(MILLIS) : 0;
    return millis > 0 ? OptionalLong.of(millis) : OptionalLong.empty();
  }

  private void decodeOne(ByteBuffer in, EnvelopeReader reader) {
    byte version = in.get(2);
    byte kind = in.get(3);
    if (version != VERSION) {
      unreadable.add("envelope version: " + version + " (expected: " + VERSION + ")");
      return;
    }
    if (kind != KIND_PUBLICATION && kind != KIND_CONTROL) {
      unreadable.add("envelope kind: " + kind + " (expected: 1 or 2)");
      return;
    }
    try {
      in.position(PREFIX);
      Head head = Head.read(in);
      if (!isOurCluster(in)) {
        unreadable.add("an envelope of another cluster");
      } else if (kind == KIND_PUBLICATION) {
        readPublication(head, in, reader);
      } else {
        reader.onControl(Fields.read(head, readString(in), readString(in), in).asControlMessage());
      }
    } catch (MalformedEnvelope e) {
      unreadable.add("malformed envelope: " + e.getMessage());
    } catch (BufferUnderflowException e) {
      unreadable.add("malformed envelope: it ends too early");
    }
  }

  private static void readPublication(Head head, ByteBuffer in, EnvelopeReader reader)
      throws MalformedEnvelope {
    String app = readString(in);
    String name = readString(in);
    if (name.isEmpty()) {
      throw new MalformedEnvelope("a publication without a channel");
    }
    Channel channel = new Channel(app, name);
    if (reader.wants(channel)) {
      reader.onPublication(Fields.read(head, app, name, in).asPublication(channel));
    }
  }

  private boolean isOurCluster(ByteBuffer in) {
    int length = in.getShort() & 0xFFFF;
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer name = in.slice(in.position(), length);
    in.position(in.position() + length);
    return name.equals(ByteBuffer.wrap(cluster));
  }

  /** No extension is known yet. */
  private static void skipExtensions(ByteBuffer in) throws MalformedEnvelope {
    int length = in.getShort() & 0xFFFF;
    if (length > in.remaining()) {
      throw new MalformedEnvelope(
          "extensions: " + length + " bytes (expected: at most " + in.remaining() + ")");
    }
    in.position(in.position() + length);
  }

  private static String readString(ByteBuffer in) {
    int length = in.getShort() & 0xFFFF;
    if (length == 0) {
      return "";
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    String text = new String(in.array(), in.arrayOffset() + in.position(), length, UTF_8);
    in.position(in.position() + length);
    return text;
  }

  private byte[] encode(byte kind, Fields fields) {
    byte[] app = bytes("app", fields.app());
    byte[] channel = bytes("channel", fields.channel());
    byte[] event = bytes("event", fields.event());
    byte[] sender = bytes("sender", fields.sender());
    byte[] excluded = bytes("excluded subscriber", fields.excluded());
    byte[] payload = fields.payload().bytes();
    int strings =
        cluster.length
            + app.length
            + channel.length
            + event.length
            + sender.length
            + excluded.length;
    int length = FIXED + STRINGS * Short.BYTES + strings + EXTENSIONS + payload.length;
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putShort(MAGIC).put(VERSION).put(kind).putShort((short) 0).putInt(length);
    MessageId id = fields.id();
    out.putLong(id.node().high()).putLong(id.node().low()).putLong(id.sequence());
    out.putLong(fields.millis()).put((byte) fields.payload().type().code());
    for (byte[] string : new byte[][] {cluster, app, channel, event, sender, excluded}) {
      out.putShort((short) string.length).put(string);
    }
    out.putShort((short) 0).put(payload);
    return out.array();
  }

  private static byte[] bytes(String what, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > MAX_STRING) {
      throw new IllegalArgumentException(
          what + ": " + bytes.length + " bytes (expected: at most " + MAX_STRING + ")");
    }
    return bytes;
  }

  /** The fields before the strings. */
  private record Head(MessageId id, long millis, Payload.Type type) {

    static Head read(ByteBuffer in) throws MalformedEnvelope {
      MessageId id = new MessageId(new Incarnation(in.getLong(), in.getLong()), in.getLong());
      long millis = in.getLong();
      int type = in.get();
      if (type < 0 || type >= PAYLOAD_TYPES.length) {
        throw new MalformedEnvelope("payload type: " + type + " (expected: 0 to 2)");
      }
      return new Head(id, millis, PAYLOAD_TYPES[type]);
    }
  }

  /** The fields of both kinds of envelope. */
  private record Fields(
      MessageId id,
      long millis,
      Payload payload,
      String app,
      String channel,
      String event,
      String sender,
      String excluded) {

    /** Reads the fields after the channel. */
    static Fields read(Head head, String app, String channel, ByteBuffer in)
        throws MalformedEnvelope {
      String event = readString(in);
      String sender = readString(in);
      String excluded = readString(in);
      skipExtensions(in);
      byte[] payload = new byte[in.remaining()];
      in.get(payload);
      Payload typed = Payload.of(head.type(), payload);
      return new Fields(head.id(), head.millis(), typed, app, channel, event, sender, excluded);
    }

    static Fields of(Publication p) {
      return new Fields(
          p.id(),
          p.publishedAtMillis(),
          p.payload(),
          p.channel().app(),
          p.channel().name(),
          p.event(),
          p.sender(),
          p.excludedSubscriber());
    }

    static Fields of(ControlMessage m, long millis) {
      return new Fields(m.id(), millis, m.payload(), "", "", m.type(), "", "");
    }

    Publication asPublication(Channel to) {
      return new Publication(id, to, event, payload, sender, excluded, millis, null);
    }

    ControlMessage asControlMessage() {
      return new ControlMessage(id, event, payload);
    }
  }

  private static final class MalformedEnvelope extends Exception {
    MalformedEnvelope(String message) {
      super(message, null, false, false);
    }
  }
}
