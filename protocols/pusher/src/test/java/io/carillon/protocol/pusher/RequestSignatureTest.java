package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.app.App;
import io.carillon.testkit.Seeded;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pusher's own example, and the changes that keep or break its signature. */
class RequestSignatureTest {

  private static final Signatures SIGNATURES =
      new Signatures(App.of("3", "278d425bdf160c739803", "7ad3773142a6692b25b8"));
  private static final Instant NOW = Instant.ofEpochSecond(1353088179);
  private static final String PATH = "/apps/3/events";
  private static final String PARAMETERS =
      "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&auth_version=1.0"
          + "&body_md5=ec365a775a4cd0599faeb73354201b6f";
  private static final String SIGNATURE =
      "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c";
  private static final String QUERY = PARAMETERS + "&auth_signature=" + SIGNATURE;
  private static final byte[] BODY =
      "{\"name\":\"foo\",\"channels\":[\"project-3\"],\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}"
          .getBytes(UTF_8);

  private static RequestSignature post(String path, String query) {
    return new RequestSignature("POST", path, SignedQuery.parse(query));
  }

  private static String faultOf(String query) {
    return post(PATH, query).fault(SIGNATURES, NOW).orElse("");
  }

  /** A query with a genuine signature of its decoded form. */
  private static String signed(String method, String path, String query) {
    RequestSignature request = new RequestSignature(method, path, SignedQuery.parse(query));
    return query + "&auth_signature=" + SIGNATURES.sign(request.canonical());
  }

  @Test
  void knowsPushersExample() {
    RequestSignature request = post(PATH, QUERY);
    assertThat(request.canonical()).isEqualTo("POST\n/apps/3/events\n" + PARAMETERS);
    assertThat(request.key()).hasValue("278d425bdf160c739803");
    assertThat(request.fault(SIGNATURES, NOW)).isEmpty();
    assertThat(request.bodyFault(BODY)).isEmpty();
  }

  @Test
  void refusesWhatIsSignedForAnotherMethodPathOrParameter() {
    assertThat(faultOf(QUERY)).isEmpty();
    assertThat(post("/apps/4/events", QUERY).fault(SIGNATURES, NOW)).isPresent();
    assertThat(new RequestSignature("GET", PATH, SignedQuery.parse(QUERY)).fault(SIGNATURES, NOW))
        .isPresent();
    for (String other :
        List.of(
            QUERY + "&info=user_count",
            QUERY.replace("ec36", "ec37"),
            QUERY.replace(SIGNATURE, SIGNATURE.replace("da45", "db45")),
            QUERY.replace(SIGNATURE, SIGNATURE.substring(1)),
            QUERY.replace(SIGNATURE, SIGNATURE.toUpperCase(Locale.ROOT)),
            QUERY.replace(SIGNATURE, ""),
            PARAMETERS + "&auth_signature=" + SIGNATURE + "&auth_signature=" + SIGNATURE,
            PARAMETERS)) {
      assertThat(faultOf(other)).as(other).contains("auth_signature").doesNotContain("da45");
    }
  }

  @Test
  void namesThePathThatItVerified() {
    assertThat(faultOf(QUERY + "&info=user_count"))
        .contains("\"POST\\n/apps/3/events\\nparameters\"")
        .doesNotContain("da45", "7ad3");
    assertThat(post("/" + "x".repeat(5_000), QUERY).fault(SIGNATURES, NOW).orElseThrow())
        .hasSizeLessThan(500);
  }

  @Test
  void takesAPathInEachWayInWhichItMayHaveBeenSigned() {
    String query = "auth_key=k&auth_timestamp=1353088179&auth_version=1.0";
    List<String> paths = List.of("/apps/3/events", "/ws/apps/3/events");
    for (String path : paths) {
      SignedQuery sent = SignedQuery.parse(signed("POST", path, query));
      assertThat(new RequestSignature("POST", paths, sent).fault(SIGNATURES, NOW)).isEmpty();
    }
    SignedQuery other = SignedQuery.parse(signed("POST", "/other/apps/3/events", query));
    assertThat(new RequestSignature("POST", paths, other).fault(SIGNATURES, NOW).orElseThrow())
        .contains("\\n/apps/3/events\\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1353087579,   ''",
    "1353088779,   ''",
    "1353088179.5, ''",
    "1353087578,   601 s",
    "1353088780,   601 s",
    "-1353088179,  no number",
    "1e9,          no number",
    "'',           no number",
    "99999999999999999999, no number",
    "1353088179000,   in milliseconds",
    "1353088179000.5, in milliseconds"
  })
  void takesRequestsOfTenMinutes(String timestamp, String fault) {
    String query = "auth_key=278d425bdf160c739803&auth_version=1.0&auth_timestamp=" + timestamp;
    assertThat(faultOf(signed("POST", PATH, query))).contains(fault);
    if (fault.isEmpty()) {
      assertThat(faultOf(signed("POST", PATH, query))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"&auth_version=1", "&auth_version=2.0", "", "&auth_version="})
  void refusesOtherVersions(String version) {
    String query = "auth_key=k&auth_timestamp=1353088179" + version;
    assertThat(faultOf(signed("POST", PATH, query))).contains("auth_version");
  }

  @Test
  void takesNoParameterOfItsOwnTwice() {
    String query = "auth_key=k&auth_timestamp=1353088179&auth_version=1.0";
    assertThat(faultOf(signed("POST", PATH, query))).isEmpty();
    for (String twice : List.of("auth_timestamp=1353088179", "Auth_Version=1.0")) {
      assertThat(faultOf(signed("POST", PATH, query + "&" + twice))).contains("there twice");
    }
    assertThat(post(PATH, query + "&AUTH_KEY=l").key()).isEmpty();
  }

  /** Some servers always demand it, and refuse requests without a body. */
  @Test
  void asksForADigestOfABodyThatIsThere() {
    assertThat(post(PATH, "a=b").bodyFault(new byte[0])).isEmpty();
    assertThat(post(PATH, "a=b").bodyFault(BODY).orElseThrow()).contains("missing");
    assertThat(post(PATH, QUERY).bodyFault("{}".getBytes(UTF_8)).orElseThrow())
        .contains("not the MD5");
    assertThat(post(PATH, QUERY).bodyFault(new byte[0])).as("the body was taken away").isPresent();
    String ofNothing = "body_md5=d41d8cd98f00b204e9800998ecf8427e";
    assertThat(post(PATH, ofNothing).bodyFault(new byte[0])).isEmpty();
  }

  @Test
  void takesAPathAsItWasSentAndAsItWasMeant() {
    String query = "auth_key=k&auth_timestamp=1353088179&auth_version=1.0";
    String sent = "/apps/3/users/a%20%C3%BC/terminate_connections";
    String meant = "/apps/3/users/a ü/terminate_connections";
    for (String path : List.of(sent, meant)) {
      assertThat(post(sent, signed("POST", path, query)).fault(SIGNATURES, NOW)).isEmpty();
    }
    assertThat(
            post(sent.replace("%20", "%0A"), signed("POST", meant.replace(' ', '\n'), query))
                .fault(SIGNATURES, NOW))
        .as("a path must not reach into the parameters")
        .isPresent();
  }

  /** The library for Ruby signs lists like this. */
  @Test
  void keepsListsInTheirOrder() {
    assertThat(post(PATH, "channels%5B%5D=b&Name=x&channels[]=a").canonical())
        .endsWith("\nchannels[]=b&channels[]=a&name=x");
  }

  /** A map of names and values has one signature, however it is written into a query. */
  @Test
  void signsWhatIsMeantHoweverItIsSent() {
    Seeded.run(
        random -> {
          for (int round = 0; round < 2000; round++) {
            Map<String, String> meant = new TreeMap<>();
            int parameters = random.nextInt(6);
            for (int i = 0; i < parameters; i++) {
              meant.put(text(random, 1).toLowerCase(Locale.ROOT), text(random, 0));
            }
            List<String> pairs = new ArrayList<>();
            meant.forEach(
                (name, value) -> pairs.add(sent(random, name) + "=" + sent(random, value)));
            Collections.shuffle(pairs, new Random(random.nextLong()));
            String query = String.join("&", pairs);
            List<String> expected = new ArrayList<>();
            meant.forEach((name, value) -> expected.add(name + "=" + value));
            assertThat(new RequestSignature("GET", PATH, SignedQuery.parse(query)).canonical())
                .as(query)
                .isEqualTo("GET\n" + PATH + "\n" + String.join("&", expected));
          }
        });
  }

  private static String text(SplittableRandom random, int atLeast) {
    String letters = "abZ09 _-=&+%;,@.é€\n";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6) + atLeast; i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static String sent(SplittableRandom random, String text) {
    StringBuilder sent = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = "abZ09_-;,@.".indexOf(c) >= 0;
      String escaped = plain ? "%%%02x".formatted((int) c) : URLEncoder.encode("" + c, UTF_8);
      sent.append(plain && random.nextBoolean() ? "" + c : escaped);
    }
    return random.nextBoolean() ? sent.toString() : sent.toString().replace("+", "%20");
  }
}
