package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlTextTest {

  private static final List<String> WORDS =
      List.of(
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

  @Test
  void everyTextReadsBackToTheSame() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>(WORDS);
    for (int i = 0; i < 20_000; i++) {
      texts.add(text(random));
    }

    for (String text : texts) {
      List<Problem> problems = new ArrayList<>();
      String line = "key: " + YamlText.of(text) + " # origin";
      Group file = YamlFile.read("f", line, new Placeholders(Map.of("A", "filled")), problems);

      assertThat(problems).as("%s, seed %s", line, seed).isEmpty();
      Given given = Optional.ofNullable(file.entries().get("key")).orElseThrow();
      assertThat(given.form()).as("%s, seed %s", line, seed).isEqualTo(Given.Form.TEXT);
      assertThat(given.texts()).as("%s, seed %s", line, seed).containsExactly(text);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }
}
