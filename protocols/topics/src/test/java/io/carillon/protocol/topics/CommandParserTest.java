package io.carillon.protocol.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import io.carillon.testkit.Seeded;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandParserTest {

  private static final Command UNKNOWN = new Command.UnknownAction();
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  @Test
  void readsEveryAction() {
    assertThat(parse("{'action':'subscribe','topic':'sports'}"))
        .isEqualTo(new Command.Subscribe("sports"));
    assertThat(parse("{'action':'unsubscribe','topic':'sports'}"))
        .isEqualTo(new Command.Unsubscribe("sports"));
    assertThat(parse("{'action':'publish','topic':'sports','message':'goal'}"))
        .isEqualTo(new Command.Publish("sports", "goal"));
    assertThat(parse("{'action':'list'}")).isEqualTo(new Command.ListTopics());
  }

  @Test
  void trimsAndLowerCasesTheActionAndTrimsTheRest() {
    assertThat(parse(" {'action':' PubLish\\n','topic':'\\tSports ','message':' Goal! '} "))
        .isEqualTo(new Command.Publish("Sports", "Goal!"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "true", "['t']", "{'topic':'t'}", "''", "' '", "'\\u00a0'"})
  void readsAFieldThatIsNoTextOrBlankAsMissing(String value) {
    assertThat(parse("{'action':'publish','topic':" + value + ",'message':" + value + "}"))
        .isEqualTo(new Command.Publish("", ""));
    assertThat(parse("{'action':" + value + ",'topic':'t'}")).isEqualTo(UNKNOWN);
  }

  @Test
  void takesTheLastOfSeveralFieldsWithOneName() {
    assertThat(parse("{'action':'list','topic':'a','action':'subscribe','topic':'b'}"))
        .isEqualTo(new Command.Subscribe("b"));
    assertThat(parse("{'action':'subscribe','topic':'a','topic':{'deep':['b']}}"))
        .isEqualTo(new Command.Subscribe(""));
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() {
    assertThat(parse("{'id':1e5,'action':'list','nested':{'action':['publish']}}"))
        .isEqualTo(new Command.ListTopics());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "['a']", "{'action':'join'}", "{'action':'list '} ", "[{}]"})
  void knowsObjectsAndArraysFromText(String json) {
    assertThat(parse(json)).isNotInstanceOf(Command.Say.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"123", "'x'", "true", "false", "null", "-0.5e3", "''"})
  void supportsNoScalars(String json) {
    assertThat(parse(json)).isEqualTo(new Command.UnsupportedFormat());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\uFEFF\u00A0\u2028"})
  void readsNothingOutOfSpaces(String text) {
    assertThat(CommandParser.parse(text)).isEqualTo(new Command.Nothing());
  }

  @Test
  void takesEverythingElseForTextAndTrimsIt() {
    assertThat(CommandParser.parse(" {bad json ")).isEqualTo(new Command.Say("{bad json"));
    assertThat(CommandParser.parse("\uFEFFhi there\u2029")).isEqualTo(new Command.Say("hi there"));
  }

  /** {@code commands.mjs} makes the table; it lies beside it. */
  @Test
  void agreesWithJavaScript() {
    List<String> lines = table();
    assertThat(lines).hasSizeGreaterThan(250);
    assertSoftly(
        softly -> {
          for (String line : lines) {
            String[] columns = line.split("\t", -1);
            Command expected = command(columns[1], unescaped(columns[2]), unescaped(columns[3]));
            softly
                .assertThat(CommandParser.parse(unescaped(columns[0])))
                .as(columns[0])
                .isEqualTo(expected);
          }
        });
  }

  @Test
  @Timeout(10)
  void readsHundredThousandBracketsWithoutTheStack() {
    int depth = 100_000;
    String arrays = "[".repeat(depth);
    assertThat(CommandParser.parse(arrays + "]".repeat(depth))).isEqualTo(UNKNOWN);
    assertThat(CommandParser.parse(arrays)).isEqualTo(new Command.Say(arrays));
    String objects = "{\"action\":".repeat(depth);
    assertThat(CommandParser.parse(objects + "1" + "}".repeat(depth))).isEqualTo(UNKNOWN);
    assertThat(CommandParser.parse(objects)).isEqualTo(new Command.Say(objects));
    assertThat(parse("{'action':'list','x':" + arrays + "]".repeat(depth) + "}"))
        .isEqualTo(new Command.ListTopics());
  }

  @Test
  @Timeout(10)
  void readsNumbersOfAnyLength() {
    String digits = "7".repeat(250_000);
    for (String number : List.of(digits, "-" + digits, "0." + digits, "1e" + digits)) {
      assertThat(CommandParser.parse(number)).isEqualTo(new Command.UnsupportedFormat());
      assertThat(parse("{'x':" + number + ",'action':'list'}")).isEqualTo(new Command.ListTopics());
    }
    assertThat(CommandParser.parse("0" + digits)).isEqualTo(new Command.Say("0" + digits));
  }

  @Test
  @Timeout(10)
  void readsNamesAndTextsOfAnyLength() {
    String text = "x".repeat(250_000);
    assertThat(parse("{'" + text + "':1,'action':'publish','topic':'t','message':'" + text + "'}"))
        .isEqualTo(new Command.Publish("t", text));
  }

  /** "Aa" hashes like "BB" times 31, "AB" like "B!" times 33; so do all words made of them. */
  @Test
  @Timeout(10)
  void readsThousandsOfNamesWithOneHash() {
    for (String pair : List.of("Aa BB", "AB B!")) {
      String[] letters = pair.split(" ");
      String names =
          IntStream.range(0, 1 << 12)
              .mapToObj(bits -> "'" + word(bits, letters) + "':1")
              .collect(Collectors.joining(",", "{", ",'action':'list'}"));
      assertThat(parse(names)).isEqualTo(new Command.ListTopics());
    }
  }

  private static String word(int bits, String[] letters) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      word.append(letters[(bits >> i) & 1]);
    }
    return word.toString();
  }

  @Test
  void neverThrowsWhateverItIsGiven() {
    String[] pieces = {
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "\"",
      "\\",
      "\"action\"",
      "\"topic\"",
      "\"list\"",
      "\"publish\"",
      "\"message\"",
      "null",
      "true",
      "1",
      "-",
      ".",
      "e9",
      "0",
      "\\u00",
      "d800",
      " ",
      "\n",
      "\0",
      "x",
      "\uFEFF",
      "\uD83D\uDD14",
      "//",
      "'"
    };
    Seeded.run(
        random -> {
          for (int i = 0; i < 200_000; i++) {
            String text = noise(random, pieces);
            Command command = CommandParser.parse(text);
            if (command instanceof Command.Say(String said)) {
              assertThat(said).isEqualTo(JavaScriptText.trim(text)).isNotEmpty();
            }
          }
        });
  }

  private static String noise(SplittableRandom random, String[] pieces) {
    StringBuilder text = new StringBuilder();
    if (random.nextBoolean()) {
      text.append("{\"action\":");
    }
    for (int n = random.nextInt(12); n > 0; n--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.append(random.nextBoolean() ? "}" : "").toString();
  }

  /** The JSON reader looks only at 8 bits of a digit, so it takes U+0434 for the digit 4. */
  @Test
  void anEscapeWithAnotherDigitIsNoJson() {
    assertThat(parse("{'action':'\\uд444'}"))
        .isEqualTo(new Command.Say("{\"action\":\"\\uд444\"}"));
    assertThat(parse("{'action':'\\u0434'}")).isEqualTo(UNKNOWN);
  }

  /** Single quotes read better in Java than escaped double ones. */
  private static Command parse(String json) {
    return CommandParser.parse(json.replace('\'', '"'));
  }

  private static Command command(String kind, String topic, String message) {
    return switch (kind) {
      case "nothing" -> new Command.Nothing();
      case "say" -> new Command.Say(message);
      case "unsupported" -> new Command.UnsupportedFormat();
      case "unknown" -> UNKNOWN;
      case "subscribe" -> new Command.Subscribe(topic);
      case "unsubscribe" -> new Command.Unsubscribe(topic);
      case "publish" -> new Command.Publish(topic, message);
      case "list" -> new Command.ListTopics();
      default -> throw new AssertionError(kind);
    };
  }

  private static String unescaped(String column) {
    Matcher escape = ESCAPE.matcher(column);
    return escape.replaceAll(
        found ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
  }

  private static List<String> table() {
    try (InputStream in = CommandParserTest.class.getResourceAsStream("commands.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return new ArrayList<>(text.lines().toList());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
