package io.carillon.protocol.pusher.frontend;

import io.carillon.app.AppLimits;
import io.carillon.app.Webhook;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import io.carillon.config.HiddenSecret;
import io.carillon.config.OriginFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The formats of an app's keys. */
final class AppFormats {

  private static final String NO_BOUND = "unlimited";
  private static final Set<String> NO_BOUNDS = Set.of(NO_BOUND, "-1", "0");
  private static final int KILOBYTE = 1 << 10;
  private static final int MAX_KILOBYTES = 1 << 20;

  /** A letter of the host's name, and no character of a path. */
  private static final Pattern ADDRESS = Pattern.compile("https?://[^/?#]*[A-Za-z0-9\\]].*");

  private AppFormats() {}

  /** A limit that may be absent, as other servers write it. */
  static Format<Integer> bound() {
    Format<Integer> number = Formats.wholeNumber(1, Integer.MAX_VALUE);
    return Formats.made(
        number.expectation() + "; -1, 0 or unlimited for no bound",
        text -> NO_BOUNDS.contains(text) ? AppLimits.UNLIMITED : number.read(text),
        value -> value == AppLimits.UNLIMITED ? NO_BOUND : number.write(value));
  }

  /** Bytes that other servers count in units of 1,024, including fractions. */
  static Format<Integer> kilobytes() {
    return Formats.made(
        "a number of KiB such as 10 or 0.5, 1048576 at most",
        AppFormats::readKilobytes,
        AppFormats::writeKilobytes);
  }

  /**
   * The shortest number that is read as the same number of bytes: 0.3 stays 0.3 and does not become
   * 0.30078125.
   */
  private static String writeKilobytes(int bytes) {
    BigDecimal exact = new BigDecimal(bytes).divide(new BigDecimal(KILOBYTE));
    for (int digits = 0; digits < exact.scale(); digits++) {
      BigDecimal shorter = exact.setScale(digits, RoundingMode.FLOOR);
      if (bytesOf(shorter) == bytes) {
        return shorter.toPlainString();
      }
    }
    return exact.stripTrailingZeros().toPlainString();
  }

  private static int bytesOf(BigDecimal kilobytes) {
    return kilobytes
        .multiply(new BigDecimal(KILOBYTE))
        .setScale(0, RoundingMode.CEILING)
        .intValue();
  }

  private static int readKilobytes(String text) {
    if (!text.matches("[0-9]{1,7}(\\.[0-9]{1,10})?")) {
      throw new IllegalArgumentException();
    }
    BigDecimal given = new BigDecimal(text);
    int bytes = bytesOf(given.min(new BigDecimal(MAX_KILOBYTES)));
    if (bytes < 1 || given.compareTo(new BigDecimal(MAX_KILOBYTES)) > 0) {
      throw new IllegalArgumentException();
    }
    return bytes;
  }

  /** An origin, or the sign for all origins. */
  static Format<List<String>> origins() {
    Format<String> origin = new OriginFormat();
    return Formats.listOf(
        Formats.made(
            origin.expectation() + "; or * for any",
            text -> text.equals("*") ? text : origin.read(text),
            Function.identity()));
  }

  /** The address of a webhook's receiver; its path may be a secret. */
  static Format<URI> address() {
    return new Format<>() {
      @Override
      public URI read(String text) {
        if (!ADDRESS.matcher(text).matches()) {
          throw new IllegalArgumentException();
        }
        URI address;
        try {
          address = URI.create(text);
        } catch (IllegalArgumentException e) {
          // The reason quotes the address.
          throw new IllegalArgumentException((String) null);
        }
        HiddenSecret.refuse(String.valueOf(address.getRawPath()).replaceFirst("^/", ""));
        return address;
      }

      @Override
      public String write(URI value) {
        throw new UnsupportedOperationException("an address with a secret is not written again");
      }

      @Override
      public String expectation() {
        return "http://... or https://...";
      }

      @Override
      public String show(URI value) {
        return value.getScheme() + "://" + authority(value) + "/" + HiddenSecret.SHOWN;
      }
    };
  }

  /** Host and port; {@link URI#getHost} is null for a name with an underscore. */
  private static String authority(URI address) {
    String authority = String.valueOf(address.getRawAuthority());
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  /** Events by their names on the wire. */
  static Format<List<Webhook.Event>> events() {
    List<Webhook.Event> events = List.of(Webhook.Event.values());
    return Formats.listOfSome(
        Formats.made(
            "one of " + String.join(", ", events.stream().map(AppFormats::name).toList()),
            text ->
                events.stream()
                    .filter(event -> name(event).equals(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new),
            AppFormats::name));
  }

  private static String name(Webhook.Event event) {
    return event.name().toLowerCase(Locale.ROOT);
  }
}
