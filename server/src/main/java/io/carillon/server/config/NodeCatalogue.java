package io.carillon.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.carillon.config.Catalogue;
import io.carillon.config.ConfigurationFile;
import io.carillon.config.ConfigurationPage;
import io.carillon.config.ForeignKeys;
import io.carillon.config.ForeignProduct;
import io.carillon.config.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Everything that a node can be configured with. */
public final class NodeCatalogue {

  /** Variables of the launcher, of commands and of tests. */
  private static final Pattern OTHER_VARIABLES =
      Pattern.compile("CARILLON_(CONFIG|JAVA|JAVA_OPTS|APP_SECRET|PUBLISH_KEY|TOKEN|TEST_.*)");

  private NodeCatalogue() {}

  static Catalogue make() {
    return new Catalogue(
        Settings.ALL,
        List.of(Rules::check, AppRules::check),
        ForeignProducts::read,
        List.of(new AppVariables(), new NodeVariables()),
        OTHER_VARIABLES);
  }

  /** Every key, in the order in which people read them. */
  public static List<Setting<?>> settings() {
    return Settings.ALL;
  }

  /** A file that says what is so without it. */
  public static String defaultFile() {
    return ConfigurationFile.ofDefaults(text("default-file.head"), settings());
  }

  /** The page of the documentation that lists every key. */
  public static String page() {
    return ConfigurationPage.markdown(text("page.head"), settings());
  }

  /**
   * The table of the documentation that says what another server's keys are here.
   *
   * @param product {@code soketi} or {@code sockudo}
   */
  public static String tableOf(String product) {
    return keysOf(product).markdown();
  }

  static ForeignKeys keysOf(String product) {
    return make().products().get().stream()
        .filter(theirs -> theirs.name().toLowerCase(Locale.ROOT).equals(product))
        .findFirst()
        .map(ForeignProduct::keys)
        .orElseThrow(() -> new IllegalArgumentException("no such server: " + product));
  }

  private static String text(String file) {
    try (InputStream in = Objects.requireNonNull(NodeCatalogue.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
