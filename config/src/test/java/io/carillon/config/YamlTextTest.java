package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testkit.ConfiguredTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlTextTest {

  @Test
  void everyTextReadsBackToTheSame() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>(ConfiguredTexts.WORDS);
    for (int i = 0; i < 20_000; i++) {
      texts.add(ConfiguredTexts.joined(random));
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
}
