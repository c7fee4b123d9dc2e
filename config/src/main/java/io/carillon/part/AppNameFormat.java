package io.carillon.part;

import io.carillon.app.App;
import io.carillon.config.Format;
import io.carillon.config.Formats;
import java.util.function.Function;

/** The format of an app's names in URLs: its id and its key. */
public final class AppNameFormat {

  private AppNameFormat() {}

  /** The format of such a name; the app need not exist. */
  public static Format<String> make() {
    return Formats.made(
        "1 to 100 of A-Z a-z 0-9 _ . ~ -",
        text -> {
          if (!App.isName(text)) {
            throw new IllegalArgumentException();
          }
          return text;
        },
        Function.identity());
  }
}
