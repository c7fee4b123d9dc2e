package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.carillon.app.App;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whatever a backend sends: what was signed is accepted, however it is escaped; what was changed by
 * one character is not; and reading never fails.
 */
public final class RequestSignatureFuzz {

  private static final Instant NOW = Instant.ofEpochSecond(1_353_088_179);
  private static final Signatures SIGNATURES = new Signatures(App.of("3", "key", "secret"));

  private RequestSignatureFuzz() {}

  /** Called by Jazzer, many times. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      strangersAreRefused(data.consumeString(500), data.consumeRemainingAsString());
    } else {
      theSignedIsAccepted(data);
    }
  }

  private static void strangersAreRefused(String path, String query) {
    RequestSignature request = new RequestSignature("GET", path, SignedQuery.parse(query));
    var _ = request.key();
    if (request.fault(SIGNATURES, NOW).isEmpty()) {
      throw new AssertionError("accepted: " + path + "?" + query);
    }
  }

  private static void theSignedIsAccepted(FuzzedDataProvider data) {
    TreeMap<String, String> parameters = new TreeMap<>();
    parameters.put("auth_key", "key");
    parameters.put("auth_version", "1.0");
    parameters.put("auth_timestamp", "1353088179");
    int more = data.consumeInt(0, 3);
    for (int i = 0; i < more; i++) {
      String name = i + wellFormed(data.consumeString(5)).toLowerCase(Locale.ROOT);
      parameters.put(name.toLowerCase(Locale.ROOT), wellFormed(data.consumeString(10)));
    }
    String canonical =
        parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("&"));
    String signature = SIGNATURES.sign("GET\n/apps/3/channels\n" + canonical);
    String sent =
        parameters.entrySet().stream()
            .map(RequestSignatureFuzz::escaped)
            .collect(Collectors.joining("&", "auth_signature=" + signature + "&", ""));
    require(sent, true);
    int at = "auth_signature=".length() + data.consumeInt(0, signature.length() - 1);
    char changed = sent.charAt(at) == '0' ? '1' : '0';
    require(sent.substring(0, at) + changed + sent.substring(at + 1), false);
  }

  private static void require(String query, boolean valid) {
    RequestSignature request =
        new RequestSignature("GET", "/apps/3/channels", SignedQuery.parse(query));
    if (request.fault(SIGNATURES, NOW).isEmpty() != valid) {
      throw new AssertionError((valid ? "refused: " : "accepted: ") + query);
    }
  }

  private static String escaped(Map.Entry<String, String> parameter) {
    return URLEncoder.encode(parameter.getKey(), UTF_8)
        + "="
        + URLEncoder.encode(parameter.getValue(), UTF_8);
  }

  /** The text in the form of a URL. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
