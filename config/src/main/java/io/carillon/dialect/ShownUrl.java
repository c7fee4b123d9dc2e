package io.carillon.dialect;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * URLs in a form that may be shown. The query can hold a token or a signature, and the user
 * information a password, so neither is shown.
 */
public final class ShownUrl {

  private static final Pattern QUERY_OR_FRAGMENT = Pattern.compile("[?#].*", Pattern.DOTALL);
  private static final Pattern USER = Pattern.compile("(?<=//)[^/@]*@");
  private static final Pattern QUERY_IN_TEXT = Pattern.compile("\\?[^\\s\"'<>]+");

  private ShownUrl() {}

  /** A URL up to its path. */
  public static String of(URI url) {
    return of(url.toString());
  }

  /** Like {@link #of(URI)}, for a text that need not be a URL, such as a header's value. */
  public static String of(String url) {
    return USER.matcher(QUERY_OR_FRAGMENT.matcher(url).replaceFirst("")).replaceFirst("");
  }

  /** A server's text, which may repeat the URL of a request: each query is replaced by dots. */
  public static String inText(String text) {
    return QUERY_IN_TEXT.matcher(text).replaceAll("?...");
  }
}
