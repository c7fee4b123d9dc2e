package io.carillon.testkit;

import java.util.List;
import java.util.Random;

/** Texts that a configuration may have to write and read back: values of all kinds, and syntax. */
public final class ConfiguredTexts {

  /** Values that some format may take, and many that none does. */
  public static final List<String> WORDS =
      List.of(
          "forwarded",
          "10.0.0.0/8",
          "0",
          "1",
          "7",
          "80",
          "999999999",
          "null",
          "Null",
          "~",
          "true",
          "false",
          "off",
          "yes",
          "0.3",
          "0.0001",
          "9.9999",
          "1048576",
          "-1",
          "unlimited",
          "others",
          "sharded",
          "sasl_ssl",
          "scram-sha-256",
          "1ms",
          "1500ms",
          "90s",
          "60m",
          "119s",
          "999999999s",
          "999999999m",
          "999999999h",
          "65535B",
          "70000",
          "999999999999B",
          "512KiB",
          "64MiB",
          "1GiB",
          "info",
          "JSON",
          "none",
          "memory",
          "transition",
          "a b",
          "a: b",
          "a # b",
          "# a",
          "- a",
          "'a'",
          "\"a\"",
          "a\\b",
          "\\",
          "a\tb",
          "a\nb",
          "\u0000",
          "\u0085",
          "\u2028",
          "\ud83d\ude00",
          "${A}",
          "$${A}",
          "a${",
          "$$${",
          "...",
          "---",
          "[a]",
          "{a: b}",
          "*a",
          "&a",
          "!a",
          "|",
          ">",
          "%a",
          "@a",
          "`a",
          "1_000",
          "0x1f",
          "1e3",
          ".5",
          "/a/b",
          "https://a.example",
          "https://*.a.example, http://b.example:*",
          "::1",
          "member_added",
          "epoll",
          "rabbitmq");

  private ConfiguredTexts() {}

  /** Some of the words in a row. */
  public static String joined(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }
}
