package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.broker.EnvelopeReader;
import io.carillon.message.Channel;
import io.carillon.message.ControlMessage;
import io.carillon.message.Incarnation;
import io.carillon.message.MessageId;
import io.carillon.message.Payload;
import io.carillon.message.Publication;
import io.carillon.message.UnicodeText;
import io.carillon.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoFormTest {

  private static final int MAX_MESSAGE = 2_000;
  private static final long NEW_YEAR = 1_767_225_600_000L;

  private final DemoForm form = new DemoForm("n1", new Incarnation(1, 2), MAX_MESSAGE, () -> 0);
  private final List<Publication> read = new ArrayList<>();
  private final EnvelopeReader reader =
      new EnvelopeReader() {
        @Override
        public void onPublication(Publication publication) {
          read.add(publication);
        }

        @Override
        public void onControl(ControlMessage message) {
          throw new AssertionError("the demo has none");
        }
      };

  @Test
  void writesWhatTheDemoWrites() {
    assertThat(new String(form.encode(publication("a/b", "Zoë", "say \"hi\"\n")), UTF_8))
        .isEqualTo(
            """
            {"nodeId":"n1","topic":"a/b","formattedMessage":"[a/b] Zoë: say \\"hi\\"\\n",\
            "userName":"Zoë","publishedAt":"2026-01-01T00:00:00.000Z"}\
            """);
  }

  @Test
  void readsWhatItWrites() {
    decode("sports", new String(form.encode(publication("sports", "Ann", "goal")), UTF_8));

    Publication heard = read.getFirst();
    assertThat(heard.channel()).isEqualTo(Channel.ofTopic("sports"));
    assertThat(heard.sender()).isEqualTo("Ann");
    assertThat(heard.payload()).isEqualTo(Payload.text("goal"));
    assertThat(heard.publishedAtMillis()).isEqualTo(NEW_YEAR);
    assertThat(shown(heard)).isEqualTo("[sports] Ann: goal");
  }

  /** Colons and brackets in names and texts, and every code unit, well-formed or not. */
  @Test
  void showsAnythingAsItWas() {
    Seeded.run(
        random -> {
          for (int i = 0; i < 2_000; i++) {
            Publication written = publication(text(random), text(random), text(random));
            read.clear();
            form.decode(written.channel().name(), form.encode(written), reader);
            assertThat(shown(read.getFirst())).isEqualTo(shown(written));
          }
        });
  }

  @Test
  void showsALineOfAnotherShapeAsItIs() {
    decode("news", "{\"formattedMessage\":\"*** down for maintenance ***\",\"userName\":\"Ann\"}");

    assertThat(shown(read.getFirst())).isEqualTo("*** down for maintenance ***");
    assertThat(read.getFirst().sender()).isEqualTo("Ann");
    assertThat(new String(form.encode(read.getFirst()), UTF_8))
        .contains("\"formattedMessage\":\"*** down for maintenance ***\"");
  }

  @Test
  void takesTheTopicFromTheAddressAsTheDemoDoes() {
    decode("real", "{\"topic\":\"other\",\"formattedMessage\":\"x\"}");

    assertThat(read.getFirst().channel()).isEqualTo(Channel.ofTopic("real"));
  }

  @Test
  void givesEveryMessageAnIdOfItsOwn() {
    decode("a", "{\"formattedMessage\":\"x\"}");
    decode("a", "{\"formattedMessage\":\"x\"}");

    assertThat(read).extracting(Publication::id).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"x\"",
        "{",
        "{}",
        "{\"formattedMessage\":1}",
        "{\"formattedMessage\":null}",
        "{\"formattedMessage\":{\"formattedMessage\":\"x\"}}",
        "{\"formattedMessage\":\"x\"",
        "{\"formattedMessage\":\"x\",\"n\":1e}",
        "\u0000\u0001"
      })
  void dropsAndCountsWhatItCannotRead(String body) {
    decode("a", body);

    assertThat(read).isEmpty();
    assertThat(form.unreadable()).isEqualTo(1);
  }

  @Test
  void dropsWhatIsLongerThanOneOfOurClientsMaySay() {
    decode("a", "{\"formattedMessage\":\"" + "x".repeat(40_000) + "\"}");
    assertThat(form.unreadable()).isEqualTo(1);

    form.decode("a", form.encode(publication("a", "Ann", "\u0000".repeat(MAX_MESSAGE))), reader);
    assertThat(read).hasSize(1);
  }

  @Test
  void dropsWhatTheParserHasABoundFor() {
    decode("a", "{\"a\":".repeat(2_000));
    decode("a", "[".repeat(2_000));
    decode("a", "{\"n\":" + "9".repeat(5_000) + "}");

    assertThat(read).isEmpty();
    assertThat(form.unreadable()).isEqualTo(3);
  }

  @Test
  void dropsWhatHasNoTopic() {
    decode("", "{\"formattedMessage\":\"x\"}");

    assertThat(form.unreadable()).isEqualTo(1);
  }

  @Test
  void readsOddFieldsAroundTheOneThatCounts() {
    decode("a", "{\"nodeId\":{\"x\":[1]},\"formattedMessage\":\"x\",\"publishedAt\":\"soon\"}");

    assertThat(shown(read.getFirst())).isEqualTo("x");
    assertThat(read.getFirst().publishedAtMillis()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b", "a.b*", "##", "a#.b", "..", "größe", "a b/c?%"})
  void carriesTopicsThatAmqpTakesLiterally(String topic) {
    assertThat(form.carries(Channel.ofTopic(topic))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"#", "*", "a.*", "#.a", "a.#.b", "*.*"})
  void doesNotCarryPatterns(String topic) {
    assertThat(form.carries(Channel.ofTopic(topic))).isFalse();
  }

  @Test
  void carriesAsManyBytesAsAnAddressMayHave() {
    assertThat(form.carries(Channel.ofTopic("x".repeat(255)))).isTrue();
    assertThat(form.carries(Channel.ofTopic("x".repeat(256)))).isFalse();
    assertThat(form.carries(Channel.ofTopic("ü".repeat(128)))).isFalse();
  }

  @Test
  void carriesNoChannelsOfApps() {
    assertThat(form.carries(new Channel("app", "a"))).isFalse();
  }

  private void decode(String address, String body) {
    form.decode(address, body.getBytes(UTF_8), reader);
  }

  private static String shown(Publication publication) {
    return TopicsEncoder.line(publication);
  }

  private static Publication publication(String topic, String sender, String text) {
    return new Publication(
        new MessageId(new Incarnation(3, 4), 5),
        Channel.ofTopic(topic),
        "",
        Payload.text(text),
        sender,
        "",
        NEW_YEAR,
        null);
  }

  private static String text(SplittableRandom random) {
    String alphabet = "ab:] [\"\\/\n\u0000é\u2028\uD83D\uDE00";
    StringBuilder text = new StringBuilder("x");
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return UnicodeText.wellFormed(text.toString());
  }
}
