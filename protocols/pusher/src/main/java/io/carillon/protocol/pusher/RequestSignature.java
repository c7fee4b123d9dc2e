package io.carillon.protocol.pusher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.http.PercentDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How backends sign requests (<a
 * href="https://pusher.com/docs/channels/library_auth_reference/rest-api/#authentication">Pusher's
 * description</a>): the method, the path and all parameters, among them the time and the digest of
 * the body. A check that fails returns a sentence that says what to do, and never shows a
 * signature.
 *
 * @param method in capitals
 * @param paths the path, still percent-encoded, in each form that may have been signed: as it was
 *     sent, or with or without a prefix that a proxy has removed or added; at least one, first the
 *     one that answers name
 * @param query its parameters
 */
public record RequestSignature(String method, List<String> paths, SignedQuery query) {

  /** How far a request's time may differ from this node's. */
  public static final Duration WINDOW = Duration.ofMinutes(10);

  static final String VERSION = "1.0";

  /**
   * Pusher's server reads only the beginning of a number, so a fraction of a second is permitted.
   */
  private static final Pattern SECONDS = Pattern.compile("([0-9]{1,12})(\\.[0-9]*)?");

  /** Seconds have 10 digits until the year 2286. */
  private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{13}(\\.[0-9]*)?");

  private static final HexFormat HEX = HexFormat.of();

  /** Enough of a path for people to recognise it. */
  private static final int MAX_SHOWN = 200;

  public RequestSignature {
    paths = List.copyOf(paths);
    if (paths.isEmpty()) {
      throw new IllegalArgumentException("paths: none (expected: at least one)");
    }
  }

  /** The signature of a request whose path can only have been signed as it was sent. */
  public RequestSignature(String method, String path, SignedQuery query) {
    this(method, List.of(path), query);
  }

  /** The key that the request names; empty if it names none, or several. */
  public Optional<String> key() {
    return query.get("auth_key");
  }

  /**
   * What is wrong with the parameters, the time or the signature; empty if the request is genuine.
   */
  public Optional<String> fault(Signatures signatures, Instant now) {
    return versionFault().or(() -> timeFault(now)).or(() -> signatureFault(signatures));
  }

  private Optional<String> versionFault() {
    Optional<String> version = query.get("auth_version");
    if (version.isEmpty()) {
      return Optional.of("auth_version is missing, or there twice (expected: once, 1.0)");
    }
    return version.get().equals(VERSION)
        ? Optional.empty()
        : Optional.of("auth_version is not supported (expected: 1.0)");
  }

  private Optional<String> timeFault(Instant now) {
    String timestamp = query.get("auth_timestamp").orElse("");
    var seconds = SECONDS.matcher(timestamp);
    if (MILLISECONDS.matcher(timestamp).matches()) {
      return Optional.of(
          "auth_timestamp has 13 digits: it is in milliseconds (expected: seconds since 1970)");
    }
    if (!seconds.matches()) {
      return Optional.of(
          "auth_timestamp is missing, there twice, or no number (expected: seconds since 1970)");
    }
    long apart = Math.abs(now.getEpochSecond() - Long.parseLong(seconds.group(1)));
    return apart <= WINDOW.toSeconds()
        ? Optional.empty()
        : Optional.of(
            "auth_timestamp is %d s from this server's time (expected: at most %d); is the clock right?"
                .formatted(apart, WINDOW.toSeconds()));
  }

  private Optional<String> signatureFault(Signatures signatures) {
    Optional<String> signature = query.signature();
    if (signature.isEmpty()) {
      return Optional.of("auth_signature is missing, or there twice");
    }
    boolean isGenuine =
        paths.stream()
            .anyMatch(
                path ->
                    isSigned(signatures, path, signature.get())
                        || isSignedDecoded(signatures, path, signature.get()));
    return isGenuine
        ? Optional.empty()
        : Optional.of(
            "auth_signature is wrong: sign \"%s\\n%s\\nparameters\", the parameters sorted and not"
                    .formatted(method, shown())
                + " escaped, with this app's secret; where a proxy has changed the path, tell the"
                + " node: path_prefix");
  }

  /** The path that a request should be signed with, shortened for people. */
  private String shown() {
    String path = paths.getFirst();
    return path.length() <= MAX_SHOWN ? path : path.substring(0, MAX_SHOWN) + "...";
  }

  /** Libraries sign a path as they were given it, and escape it afterwards. */
  private boolean isSignedDecoded(Signatures signatures, String path, String signature) {
    if (path.indexOf('%') < 0) {
      return false;
    }
    String decoded = PercentDecoder.decodePath(path);
    return decoded.chars().noneMatch(Character::isISOControl)
        && isSigned(signatures, decoded, signature);
  }

  private boolean isSigned(Signatures signatures, String asPath, String signature) {
    return signatures.isValid(canonical(asPath), signature);
  }

  /** The text that is signed. */
  public String canonical() {
    return canonical(paths.getFirst());
  }

  private String canonical(String asPath) {
    return method + "\n" + asPath + "\n" + query.canonical();
  }

  /** What is wrong with the digest of the body; empty if the signature covers this body. */
  public Optional<String> bodyFault(byte[] body) {
    Optional<String> said = query.get("body_md5");
    if (said.isEmpty()) {
      return body.length == 0
          ? Optional.empty()
          : Optional.of("body_md5 is missing, or there twice (expected: the MD5 of the body)");
    }
    return MessageDigest.isEqual(md5(body).getBytes(UTF_8), said.get().getBytes(UTF_8))
        ? Optional.empty()
        : Optional.of("body_md5 is not the MD5 of the body, in lower-case hexadecimal digits");
  }

  /** The digest of a body, in lower-case hexadecimal digits. */
  static String md5(byte[] body) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
