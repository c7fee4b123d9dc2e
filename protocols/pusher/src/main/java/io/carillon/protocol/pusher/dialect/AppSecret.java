package io.carillon.protocol.pusher.dialect;

import io.carillon.dialect.CommandOption;

/** The option for an app's secret, which signs requests and subscriptions. */
final class AppSecret {

  private static final String VARIABLE = "CARILLON_APP_SECRET";

  static final CommandOption OPTION =
      CommandOption.secret(
          "--app-secret",
          "SECRET",
          "A Pusher app's secret; others can read command lines.",
          new CommandOption.Secret("A file with the app's secret.", VARIABLE));

  /** The sources of the secret, for messages. */
  static final String EXPECTED = VARIABLE + ", --app-secret-file or --app-secret";

  private AppSecret() {}
}
