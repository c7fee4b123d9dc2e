package io.carillon.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.testkit.Seeded;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class EnvelopeCodecTest {

  private static final MessageId ID =
      new MessageId(new Incarnation(0x0123456789abcdefL, 0xfedcba9876543210L), 7);

  /** What {@code publication.v1.hex} and {@code control.v1.hex} say, byte by byte. */
  private static final Publication PUBLICATION =
      new Publication(
          ID,
          new Channel("shop", "größe"),
          "sold",
          Payload.of(Payload.Type.JSON, "{\"n\":1}".getBytes(UTF_8)),
          "Ada",
          "c-9",
          1_767_225_600_000L,
          null);

  private static final ControlMessage CONTROL =
      new ControlMessage(
          ID, "heartbeat", Payload.of(Payload.Type.BINARY, new byte[] {0, (byte) 0xFF}));

  private static final int LENGTH_AT = 6;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final EnvelopeCodec codec = new EnvelopeCodec("bells", now::get);
  private final RecordingReader reader = new RecordingReader();

  @Test
  void writesPublicationsAsTheGoldenFileSays() {
    assertThat(codec.encode(PUBLICATION)).isEqualTo(golden("publication.v1.hex"));
  }

  @Test
  void writesControlMessagesAsTheGoldenFileSays() {
    assertThat(codec.encode(CONTROL, 1_767_225_600_000L)).isEqualTo(golden("control.v1.hex"));
  }

  @Test
  void readsWhenTheFirstEnvelopeWasPublishedWithoutDecodingTheRest() {
    byte[] golden = golden("publication.v1.hex");
    byte[] two = Arrays.copyOf(golden, 2 * golden.length);

    assertThat(EnvelopeCodec.publishedAtMillis(golden)).hasValue(1_767_225_600_000L);
    assertThat(EnvelopeCodec.publishedAtMillis(two)).hasValue(1_767_225_600_000L);
    assertThat(EnvelopeCodec.publishedAtMillis(golden("control.v1.hex"))).isEmpty();
    assertThat(EnvelopeCodec.publishedAtMillis(Arrays.copyOf(golden, 42))).isEmpty();
    assertThat(EnvelopeCodec.publishedAtMillis("{}".repeat(50).getBytes(UTF_8))).isEmpty();
    golden[2] = 2;
    assertThat(EnvelopeCodec.publishedAtMillis(golden)).as("another version").isEmpty();
  }

  @Test
  void readsTheGoldenFiles() {
    codec.decode(golden("publication.v1.hex"), reader);
    codec.decode(golden("control.v1.hex"), reader);
    assertThat(reader.publications).containsExactly(PUBLICATION);
    assertThat(reader.controls).containsExactly(CONTROL);
    assertThat(codec.dropped()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void bringsEveryTypeOfPayloadBack(Payload.Type type) {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }
    for (byte[] bytes : List.of(new byte[0], everyByte, new byte[1 << 20])) {
      Publication publication = publication("t", Payload.of(type, bytes));
      assertThat(roundTrip(publication)).isEqualTo(publication);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lobby", " ", "größe", "鐘", "🔔🔔", "a\0b", "\uFFFD", "#.*"})
  void bringsNamesBackAsTheyWere(String name) {
    Publication publication =
        new Publication(
            ID, new Channel(name, name), name, Payload.text(name), name, name, -1, null);
    assertThat(roundTrip(publication)).isEqualTo(publication);
  }

  @Test
  void readsSeveralEnvelopesOfOneMessageInTheirOrder() {
    Publication first = publication("t", Payload.text("1"));
    Publication second = publication("t", Payload.text("2"));
    codec.decode(join(codec.encode(first), codec.encode(CONTROL, 0), codec.encode(second)), reader);
    assertThat(reader.publications).containsExactly(first, second);
    assertThat(reader.controls).containsExactly(CONTROL);
  }

  @Test
  void readsNothingFromAnEmptyMessage() {
    codec.decode(new byte[0], reader);
    assertNothingRead(0);
  }

  @Test
  void ignoresFlagsThatItDoesNotKnow() {
    byte[] envelope = codec.encode(PUBLICATION);
    envelope[4] = (byte) 0xFF;
    envelope[5] = (byte) 0xFF;
    codec.decode(envelope, reader);
    assertThat(reader.publications).containsExactly(PUBLICATION);
  }

  @Test
  void skipsExtensionsThatItDoesNotKnow() {
    for (byte[] envelope : List.of(codec.encode(PUBLICATION), codec.encode(CONTROL, 0))) {
      codec.decode(join(extended(envelope, 7), extended(envelope, 0xFFFF)), reader);
    }
    assertThat(reader.publications).containsExactly(PUBLICATION, PUBLICATION);
    assertThat(reader.controls).containsExactly(CONTROL, CONTROL);
    assertThat(codec.dropped()).isZero();
  }

  @Test
  void dropsExtensionsThatAreLongerThanTheEnvelope() {
    byte[] envelope = codec.encode(PUBLICATION);
    ByteBuffer.wrap(envelope).putShort(extensionsAt(envelope), (short) 0xFFFF);
    codec.decode(envelope, reader);
    assertNothingRead(1);
  }

  /** With an area of extensions of so many bytes. */
  private static byte[] extended(byte[] envelope, int bytes) {
    int area = extensionsAt(envelope);
    ByteBuffer longer = ByteBuffer.allocate(envelope.length + bytes);
    longer.put(envelope, 0, area).putShort((short) bytes).put(new byte[bytes]);
    longer.put(envelope, area + Short.BYTES, envelope.length - area - Short.BYTES);
    return longer.putInt(LENGTH_AT, longer.capacity()).array();
  }

  private static int extensionsAt(byte[] envelope) {
    boolean publication = envelope[3] == 1;
    int payload = publication ? PUBLICATION.payload().size() : CONTROL.payload().size();
    return envelope.length - payload - Short.BYTES;
  }

  @Test
  void leavesOutPublicationsThatNobodyWantsWithoutReadingThem() {
    byte[] unreadable = codec.encode(PUBLICATION);
    ByteBuffer.wrap(unreadable).putShort(extensionsAt(unreadable), (short) 0xFFFF);
    reader.unwanted.add(PUBLICATION.channel());

    codec.decode(join(unreadable, codec.encode(CONTROL, 0)), reader);

    assertThat(reader.publications).isEmpty();
    assertThat(reader.controls).containsExactly(CONTROL);
    assertThat(codec.dropped()).as("it was not looked at").isZero();
  }

  /** Each of these has a length that can be trusted, so the envelope behind it is read. */
  @ParameterizedTest(name = "byte {0} is {1}: {2}")
  @CsvSource({
    "2, 0, version before the first",
    "2, 2, version of the future",
    "2, 255, last version",
    "3, 0, no kind",
    "3, 3, kind of the future",
    "3, 255, last kind",
    "42, 3, payload type of the future",
    "42, 255, last payload type",
    "45, 66, another cluster of the same length",
    "44, 4, a shorter cluster",
    "43, 255, a cluster longer than the envelope"
  })
  void dropsAndCountsWhatItCannotReadAndGoesOn(int at, int value, String why) {
    byte[] foreign = codec.encode(PUBLICATION);
    foreign[at] = (byte) value;
    codec.decode(join(foreign, codec.encode(PUBLICATION)), reader);
    assertThat(reader.publications).as(why).containsExactly(PUBLICATION);
    assertThat(codec.dropped()).isEqualTo(1);
  }

  @Test
  void dropsThePublicationsOfAnotherCluster() {
    new EnvelopeCodec("whistles", now::get).decode(codec.encode(PUBLICATION), reader);
    assertThat(reader.publications).isEmpty();
  }

  @Test
  void dropsPublicationsWithoutAChannel() {
    byte[] control = codec.encode(CONTROL, 0);
    control[3] = 1;
    codec.decode(control, reader);
    assertNothingRead(1);
  }

  @Test
  void stopsAtWhatIsNoEnvelope() {
    byte[] other = codec.encode(PUBLICATION);
    other[1] ^= 1;
    codec.decode(join(codec.encode(PUBLICATION), other, codec.encode(PUBLICATION)), reader);
    assertThat(reader.publications).hasSize(1);
    assertThat(codec.dropped()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 9, 10_000, Integer.MAX_VALUE})
  void stopsAtALengthThatCannotBe(int length) {
    byte[] envelope = codec.encode(PUBLICATION);
    ByteBuffer.wrap(envelope).putInt(LENGTH_AT, length);
    codec.decode(envelope, reader);
    assertNothingRead(1);
  }

  @Test
  void dropsAMessageThatIsCutAnywhere() {
    byte[] envelope = codec.encode(PUBLICATION);
    for (int length = 1; length < envelope.length; length++) {
      codec.decode(Arrays.copyOf(envelope, length), reader);
      assertNothingRead(length);
    }
  }

  @Test
  void dropsAnEnvelopeThatEndsInsideItsFieldsAndReadsTheNext() {
    byte[] envelope = codec.encode(PUBLICATION);
    int payloadAt = envelope.length - PUBLICATION.payload().size();
    for (int length = 10; length < payloadAt; length++) {
      byte[] shortened = Arrays.copyOf(envelope, length);
      ByteBuffer.wrap(shortened).putInt(LENGTH_AT, length);
      codec.decode(join(shortened, envelope), reader);
      assertThat(codec.dropped()).as("cut to %d bytes", length).isEqualTo(length - 9L);
      assertThat(reader.publications).as("cut to %d bytes", length).hasSize(length - 9);
    }
  }

  @Test
  void refusesToWriteAStringThatIsTooLong() {
    String longest = "x".repeat(0xFFFF);
    Publication fits = publication(longest, Payload.text(""));
    assertThat(roundTrip(fits)).isEqualTo(fits);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(publication(longest + "x", Payload.text(""))))
        .withMessage("channel: 65536 bytes (expected: at most 65535)");
  }

  @Test
  void warnsAtMostOnceAMinute() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(UnreadableMessages.class);
    log.start();
    logger.addAppender(log);
    try {
      for (int second = 0; second <= 60; second++) {
        codec.decode(new byte[] {1, 2, 3}, reader);
        now.addAndGet(Duration.ofSeconds(1).toNanos());
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Dropped a broker message that can't be read here: no envelope: 3 bytes; 1 so far",
            "Dropped a broker message that can't be read here: no envelope: 3 bytes; 61 so far");
  }

  @Test
  void neverThrowsWhateverItIsGiven() {
    Seeded.run(
        random -> {
          byte[] good = codec.encode(PUBLICATION);
          for (int i = 0; i < 100_000; i++) {
            codec.decode(random.nextBoolean() ? noise(random) : damaged(good, random), reader);
          }
          assertThat(codec.dropped()).isGreaterThan(10_000);
        });
  }

  private static byte[] noise(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bytes = Arrays.copyOf(good, good.length - random.nextInt(3));
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }

  private Publication roundTrip(Publication publication) {
    codec.decode(codec.encode(publication), reader);
    return reader.publications.removeLast();
  }

  private void assertNothingRead(long dropped) {
    assertThat(reader.publications).isEmpty();
    assertThat(reader.controls).isEmpty();
    assertThat(codec.dropped()).isEqualTo(dropped);
  }

  private static Publication publication(String topic, Payload payload) {
    return new Publication(ID, Channel.ofTopic(topic), "", payload, "", "", 0, null);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** A hex file: white space is ignored, and so is what stands behind a {@code #}. */
  private static byte[] golden(String file) {
    try (InputStream in = EnvelopeCodecTest.class.getResourceAsStream(file)) {
      String text = new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8);
      return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }
}
