package io.carillon.conformance.topics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.client.Client;
import io.carillon.conformance.client.Jwt;
import io.carillon.conformance.client.RawClient;
import io.carillon.conformance.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clients may connect, what they may do, and that no secret shows. */
class TokensIT {

  private static final String SECRET = "canary-secret-canary-secret-canary";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final KeyPair KEYS = Jwt.keyPair();
  private static final String HOW_TO =
      "System: Send JSON messages to subscribe, unsubscribe, publish, or list subscriptions.";

  @TempDir static Path folder = Path.of(".");

  private static @Nullable Node started;

  @BeforeAll
  static void start() throws Exception {
    Path key = Files.writeString(folder.resolve("key.pem"), Jwt.pem(KEYS));
    started =
        launch(
            Map.of(
                "CARILLON_TOPICS_AUTH_HS256_SECRET",
                SECRET,
                "CARILLON_TOPICS_AUTH_RS256_KEY",
                key.toString(),
                "CARILLON_TOPICS_ALLOWED_ORIGINS",
                "https://app.example"));
  }

  @AfterAll
  static void stop() {
    node().close();
  }

  private static Node node() {
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }

  private static Node launch(Map<String, String> environment, String... flags) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", "0");
    all.put("CARILLON_LOG_LEVEL", "trace");
    all.put("CARILLON_LIMITS_HEARTBEAT", "2s");
    return Node.launch(all, flags).awaitReady();
  }

  private static String token(String name, List<String> subscribe, List<String> publish) {
    return Jwt.hs256(Jwt.claims(name, HOUR, subscribe, publish), SECRET);
  }

  private static String tokenForAll() {
    return token("Ann", List.of("*"), List.of("*"));
  }

  private static String handshake(String target, String headers) {
    String plain = new String(RawClient.handshake(target), UTF_8);
    return plain.substring(0, plain.length() - 2) + headers + "\r\n";
  }

  private static String answerTo(String target, String headers) {
    try (RawClient client = RawClient.dial(node().url()).send(handshake(target, headers))) {
      String head = client.readHead();
      return head.contains(" 101 ") ? head + client.readText() : head + client.readBody();
    }
  }

  @Test
  void takesATokenFromTheQueryTheSubprotocolOrTheHeader() {
    String token = tokenForAll();
    assertThat(answerTo("/?name=Eve&token=" + token, ""))
        .startsWith("HTTP/1.1 101 ")
        .endsWith("Welcome, Ann!");
    assertThat(
            answerTo("/", "Sec-WebSocket-Protocol: carillon.topics.v1, bearer." + token + "\r\n"))
        .startsWith("HTTP/1.1 101 ")
        .containsIgnoringCase("sec-websocket-protocol: carillon.topics.v1\r\n")
        .doesNotContain(token)
        .endsWith("Welcome, Ann!");
    assertThat(answerTo("/", "Authorization: Bearer " + token + "\r\n"))
        .startsWith("HTTP/1.1 101 ")
        .endsWith("Welcome, Ann!");
    String rs256 = Jwt.rs256(Jwt.claims("Rob", HOUR, List.of("*"), List.of()), KEYS);
    assertThat(answerTo("/?token=" + rs256, "")).endsWith("Welcome, Rob!");
  }

  @Test
  void refusesWhoHasNoValidTokenAndSaysWhatToDo() {
    String claims = Jwt.claims("canary-name", HOUR, List.of("*"), List.of("*"));
    String expired = Jwt.claims("canary-name", Duration.ofMinutes(-1), List.of("*"), List.of("*"));
    assertRefused("/", "A token is required");
    assertRefused("/?token=canary", "no signed JWT");
    assertRefused("/?token=" + Jwt.hs256(expired, SECRET), "has expired");
    assertRefused("/?token=" + Jwt.hs256(claims, "x".repeat(32)), "signature is wrong");
    assertRefused("/?token=" + Jwt.unsigned(claims), "token");
    assertRefused("/?token=" + Jwt.rs256(claims, Jwt.keyPair()), "signature is wrong");
    assertRefused(
        "/?token=" + Jwt.hs256(claims, Jwt.pem(KEYS).getBytes(UTF_8)), "signature is wrong");
    assertRefused(
        "/?token=" + Jwt.hs256(claims, KEYS.getPublic().getEncoded()), "signature is wrong");
    assertRefused("/?token=" + Jwt.hs256("{\"name\":\"canary-name\"}", SECRET), "claim exp");
    assertThat(node().output()).doesNotContain("canary");
  }

  private static void assertRefused(String target, String advice) {
    assertThat(answerTo(target, ""))
        .startsWith("HTTP/1.1 401 ")
        .containsIgnoringCase("www-authenticate: Bearer\r\n")
        .contains(advice)
        .doesNotContain("canary", "eyJ");
  }

  @Test
  void aClientMayDoWhatItsTokenSaysAndNoMore() {
    String reader = token("Ann", List.of("news.*"), List.of());
    String writer = token("Bob", List.of("lobby"), List.of("news.sports"));
    try (Client ann = Client.connect(node().url().resolve("/?token=" + reader));
        Client bob = Client.connect(node().url().resolve("/?token=" + writer))) {
      ann.expect("Welcome, Ann!", "System: You may not subscribe to \"lobby\".", HOW_TO)
          .sendSubscribe("old.news")
          .expect("System: You may not subscribe to \"old.news\".")
          .subscribe("news.sports")
          .publish("news.sports", "hi")
          .expect("System: You may not publish to \"news.sports\".");
      bob.expectGreeting("Bob")
          .send("plain text")
          .expect("System: You may not publish to \"lobby\".")
          .publish("news.sports", "goal");
      ann.expect("[news.sports] Bob: goal");
    }
  }

  @Test
  void asksAClientWhoseTokenExpiresToComeBackWithANewOne() {
    String claims = Jwt.claims("Ann", Duration.ofSeconds(-7), List.of("*"), List.of());
    try (Client ann =
        Client.connect(node().url().resolve("/?token=" + Jwt.hs256(claims, SECRET)))) {
      ann.expectGreeting("Ann");
      assertThat(ann.awaitClose()).isEqualTo(4401);
    }
  }

  @Test
  void letsOnlyPagesOfAllowedOriginsInAndWhoIsNoPage() {
    String target = "/?token=" + tokenForAll();
    assertThat(answerTo(target, "Origin: https://app.example\r\n")).startsWith("HTTP/1.1 101 ");
    assertThat(answerTo(target, "")).startsWith("HTTP/1.1 101 ");
    for (String other : List.of("https://evil.example", "http://app.example", "null")) {
      assertThat(answerTo(target, "Origin: " + other + "\r\n"))
          .startsWith("HTTP/1.1 403 ")
          .contains("topics.allowed_origins");
    }
  }

  @Test
  void anOpenNodeWarnsWhereOthersCanReachIt() {
    try (Node open = Node.launch(Map.of(), "--port", "0", "--host", "0.0.0.0").awaitReady()) {
      assertThat(open.log())
          .filteredOn(line -> line.contains("may subscribe and publish to every topic"))
          .singleElement()
          .asString()
          .contains(" WARN ", "topics.auth.hs256_secret");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void anOpenNodeIsSilentWhereNobodyCan(String host) {
    try (Node open = Node.launch(Map.of(), "--port", "0", "--host", host).awaitReady()) {
      assertThat(open.output()).doesNotContain("may subscribe and publish");
    }
  }

  @Test
  void aGuardedNodeDoesNotWarn() {
    try (Node guarded =
        launch(Map.of("CARILLON_TOPICS_AUTH_HS256_SECRET", SECRET), "--host", "0.0.0.0")) {
      assertThat(guarded.output()).doesNotContain("may subscribe and publish", "canary");
    }
  }
}
