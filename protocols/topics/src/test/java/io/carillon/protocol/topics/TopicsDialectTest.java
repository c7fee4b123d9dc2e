package io.carillon.protocol.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.dialect.Greeting;
import io.carillon.dialect.PublishRequest;
import io.carillon.dialect.Recognition;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How commands speak the topics protocol. */
class TopicsDialectTest {

  private static final URI NODE = URI.create("ws://h");

  private final TopicsDialect dialect = new TopicsDialect();
  private final RecordedConversation conversation = new RecordedConversation();
  private final TopicsListener listener = new TopicsListener(List.of("news", "a \"b\""));

  @Test
  void aGreetingIsRightWhereANodeAnswers() {
    assertThat(dialect.greeting("Welcome, Ann!", NODE, _ -> Optional.empty()))
        .isEqualTo(new Greeting.Welcome("Welcome, Ann!"));
  }

  @Test
  void aGreetingOfAnotherProtocolIsWrongAndSaysHowItsUrlLooks() {
    Recognition bells = new Recognition("the bell protocol answers", "give /bells", "");

    assertThat(dialect.greeting("ding", NODE, _ -> Optional.of(bells)))
        .isEqualTo(new Greeting.Wrong("the bell protocol answers", "give /bells"));
  }

  @Test
  void aStrangersGreetingIsWrong() {
    assertThat(dialect.greeting("hello", NODE, _ -> Optional.empty()).toString())
        .contains("hello", "a node says");
  }

  @Test
  void recognisesANodeByItsWelcome() {
    assertThat(dialect.recognise("Welcome, Anonymous!").map(Recognition::text))
        .hasValue("the topics protocol answers, \"Welcome, Anonymous!\"");
    assertThat(dialect.recognise("ding")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ws://h:1,           /topics/a%2Fb",
    "wss://[::1]:1/,     /topics/a%2Fb",
    "http://h/chat/,     /chat/topics/a%2Fb",
    "ws://h:1//chat,     //chat/topics/a%2Fb",
    "http://h//a@b:1/,   //a@b:1/topics/a%2Fb",
    "https://h/?a=//b,   /topics/a%2Fb",
  })
  void publishesBelowThePathOfTheNode(URI url, String path) throws Exception {
    PublishRequest request =
        new TopicsPublishing()
            .request(
                url,
                List.of("a/b", "x\ny"),
                new GivenOptions(Map.of("--key", "canary", "--name", "Ann")),
                Instant.EPOCH);

    assertThat(request)
        .isEqualTo(
            new PublishRequest(
                path, "", "Bearer canary", "{\"message\":\"x\\ny\",\"name\":\"Ann\"}"));
    assertThat(request.toString()).doesNotContain("canary");
  }

  @Test
  void subscribesAtTheBeginningAndPrintsItsTopicsAlone() {
    listener.begin(conversation);
    listener.onLine("Welcome, Ann!", conversation);
    listener.onLine("System: Subscribed to \"lobby\".", conversation);
    listener.onLine("System: Subscribed to \"news\".", conversation);
    listener.onLine("[news] Ann: hi", conversation);
    listener.onLine("[other] Ann: hi", conversation);

    assertThat(conversation.calls)
        .containsExactly(
            "send {\"action\":\"subscribe\",\"topic\":\"news\"}",
            "send {\"action\":\"subscribe\",\"topic\":\"a \\\"b\\\"\"}",
            "unrecognised Welcome, Ann!",
            "joined",
            "deliver [news] Ann: hi",
            "unrecognised [other] Ann: hi");
  }

  @ParameterizedTest
  @CsvSource({
    "'You may not subscribe to \"news\".',            refuse",
    "'Too many subscriptions: 5 are the most.',       refuse",
    "'Unable to subscribe to \"news\" right now.',    end",
  })
  void tellsARefusalFromABusyNode(String notice, String call) {
    new TopicsListener(List.of("news")).onLine("System: " + notice, conversation);

    assertThat(conversation.calls).containsExactly(call + " " + notice);
  }

  @Test
  void anExpiredTokenEndsTheCommand() {
    assertThat(listener.finality("4401 expired")).isNotEmpty();
    assertThat(listener.finality("1012 restart")).isEmpty();
  }
}
