package io.carillon.protocol.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.broker.PlainChannel;
import io.carillon.config.Catalogue;
import io.carillon.config.Configuration;
import io.carillon.config.ConfigurationLoader;
import io.carillon.config.InvalidConfigurationException;
import io.carillon.config.Sources;
import io.carillon.message.Channel;
import io.carillon.part.NodeLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TutorialSettingsTest {

  private static final NodeLimits LIMITS = new NodeLimits(1_000, 2_000);

  private final TutorialFrontEndType type = new TutorialFrontEndType();

  @TempDir Path folder = Path.of(".");

  private Configuration load(String text) throws IOException, InvalidConfigurationException {
    Path file = Files.writeString(folder.resolve("carillon.yaml"), text);
    return ConfigurationLoader.load(
        new Catalogue(type.settings(), List.of(), () -> List.of(), List.of(), variable -> false),
        new Sources(file, Map.of(), List.of()));
  }

  @Test
  void isOffUnlessItIsTurnedOn() throws Exception {
    assertThat(type.isOn(load("tutorial: {}"))).isFalse();
    assertThat(type.isOn(load("tutorial: {enabled: true}"))).isTrue();
  }

  @Test
  void theTutorialsUserIsThereByDefaultAndUsersAreNumbered() throws Exception {
    assertThat(TutorialSettings.config(load("tutorial: {}")).users())
        .containsExactly(new User(1, "John", "Doe"));
    assertThat(TutorialSettings.config(load("tutorial: {users: [Ann Lee, Bob de Vries]}")).users())
        .containsExactly(new User(1, "Ann", "Lee"), new User(2, "Bob", "de Vries"));
    assertThat(TutorialSettings.config(load("tutorial: {users: []}")).users()).isEmpty();
  }

  @Test
  void broadcastsToEveryoneAreSharedWithOtherProgramsAndBroadcastsToOthersAreNot()
      throws Exception {
    assertThat(type.plainChannels(load("tutorial: {channel: 'ws:more'}"), LIMITS))
        .containsExactly(new PlainChannel(new Channel("#tutorial", "ws:more"), "ws:more", 1_000));
    assertThat(type.plainChannels(load("tutorial: {broadcast_to: others}"), LIMITS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users: [John]",
        "users: [' Doe']",
        "channel: 'a b'",
        "max_users: 0",
        "max_requests_per_second: 0",
        "broadcast_to: nobody",
        "allowed_origins: []"
      })
  void wrongValuesAreRefused(String line) {
    assertThatThrownBy(() -> load("tutorial: {" + line + "}"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("expected: ");
  }
}
