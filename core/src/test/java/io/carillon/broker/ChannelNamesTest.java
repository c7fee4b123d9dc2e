package io.carillon.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.message.Channel;
import io.carillon.testkit.Seeded;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelNamesTest {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_=@,;~%.-]{1,251}");

  /**
   * What names are made of when somebody means harm: every broker's syntax, and what is no ASCII.
   */
  private static final String[] PIECES = {
    ".",
    "*",
    "#",
    ">",
    "{",
    "}",
    "/",
    "\\",
    "%",
    "%2E",
    "~",
    " ",
    "\t",
    "\n",
    "\0",
    "\u007F",
    "é",
    "鐘",
    "🔔",
    "\uFFFF",
    "a",
    "A",
    "b.",
    "~a",
    "__keyspace@0__:",
    "$SYS",
    "-",
    "_",
    ",",
    ";",
    "="
  };

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', sports,       sports
          '', Sports,       Sports
          '', a-b_c=d@e;f,  a-b_c=d@e;f
          '', 'a,b',        'a,b'
          '', a.b,          a%2Eb
          '', #,            %23
          '', *,            %2A
          '', a.*,          a%2E%2A
          '', >,            %3E
          '', a b,          a%20b
          '', 100%,         100%25
          '', %2E,          %252E
          '', ~x,           %7Ex
          '', {tag},        %7Btag%7D
          '', größe,        gr%C3%B6%C3%9Fe
          '', 🔔,           %F0%9F%94%94
          shop, sports,     shop.sports
          shop, a.b,        shop.a%2Eb
          a.b,  c,          a%2Eb.c
          """)
  void encodesWhatABrokerCouldReadAsSyntax(String app, String name, String address) {
    assertThat(ChannelNames.address(new Channel(app, name))).isEqualTo(address);
  }

  @Test
  void keepsAnEncodedNameOf200BytesAndDigestsALongerOne() {
    assertThat(topic("x".repeat(200))).isEqualTo("x".repeat(200));
    assertThat(topic("x".repeat(201))).isEqualTo("~" + sha256InBase32("x".repeat(201)));
    assertThat(topic(".".repeat(66) + "ab")).hasSize(200);
    assertThat(topic(".".repeat(67))).isEqualTo("~" + sha256InBase32(".".repeat(67)));
  }

  @Test
  void staysWithinTheRoutingKeysOfAmqpWhenAppAndNameAreLong() {
    String address = ChannelNames.address(new Channel("é".repeat(500), "x".repeat(200)));
    assertThat(address).matches("~[a-z2-7]{49}\\.x{200}").hasSize(251);
  }

  @Test
  void digestsOfLongAppsDifferToo() {
    assertThat(ChannelNames.address(new Channel("a".repeat(51), "c")))
        .isNotEqualTo(ChannelNames.address(new Channel("a".repeat(52), "c")));
  }

  /** Lone surrogates are left out: in UTF-8 they are all the same question mark. */
  @Test
  void givesEveryChannelAnAddressOfItsOwn() {
    Seeded.run(
        random -> {
          Map<String, Channel> owners = new HashMap<>();
          for (int i = 0; i < 100_000; i++) {
            Channel channel = new Channel(name(random, 0), name(random, 1));
            String address = ChannelNames.address(channel);
            assertThat(address).matches(ALLOWED);
            Channel owner = owners.putIfAbsent(address, channel);
            assertThat(owner).as("owner of %s", address).isIn(null, channel);
          }
        });
  }

  private static String name(SplittableRandom random, int least) {
    int pieces = random.nextInt(10) == 0 ? random.nextInt(100) : random.nextInt(4);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < Math.max(least, pieces); i++) {
      name.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return name.toString();
  }

  private static String topic(String name) {
    return ChannelNames.address(Channel.ofTopic(name));
  }

  /** The slow way: 256 bits and four zeros, five at a time. */
  private static String sha256InBase32(String text) {
    try {
      StringBuilder bits = new StringBuilder();
      for (byte b : MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8))) {
        bits.append(Integer.toBinaryString((b & 0xFF) | 0x100).substring(1));
      }
      bits.append("0000");
      StringBuilder base32 = new StringBuilder();
      for (int i = 0; i < bits.length(); i += 5) {
        int digit = Integer.parseInt(bits.substring(i, i + 5), 2);
        base32.append("abcdefghijklmnopqrstuvwxyz234567".charAt(digit));
      }
      return base32.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
