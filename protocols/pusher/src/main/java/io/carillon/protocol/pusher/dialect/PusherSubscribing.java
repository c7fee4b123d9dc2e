package io.carillon.protocol.pusher.dialect;

import io.carillon.app.App;
import io.carillon.dialect.CommandOption;
import io.carillon.dialect.Listener;
import io.carillon.dialect.OptionValues;
import io.carillon.dialect.ShownUrl;
import io.carillon.dialect.SubscribeDialect;
import io.carillon.dialect.SubscribeHelp;
import io.carillon.dialect.UsageException;
import io.carillon.protocol.pusher.AppUrl;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An app's channels of {@code carillon subscribe}. */
final class PusherSubscribing implements SubscribeDialect {

  private static final String ANYONE = "carillon-subscribe";

  private static final CommandOption USER_ID =
      CommandOption.text(
          "--user-id", "ID", "The member that presence channels see (" + ANYONE + ").");

  @Override
  public SubscribeHelp help() {
    return new SubscribeHelp(
        "to a Pusher app's channels",
        "an app, ws://.../app/KEY",
        "channels",
        "the app's secret, which private and presence channels need, from CARILLON_APP_SECRET");
  }

  @Override
  public List<CommandOption> options() {
    return List.of(AppSecret.OPTION, USER_ID);
  }

  @Override
  public Optional<String> misplaced(OptionValues options) {
    return options.isGiven(AppSecret.OPTION)
        ? Optional.of("--app-secret: the URL is no app's (expected: " + PusherDialect.APP_URL + ")")
        : Optional.empty();
  }

  @Override
  public Listener listener(URI url, List<String> channels, OptionValues options)
      throws UsageException, IOException {
    String key = AppUrl.parse(url).map(AppUrl::key).orElse("");
    if (!App.isName(key)) {
      throw new UsageException(
          "%s: the path names no app's key (expected: %s)"
              .formatted(ShownUrl.of(url), PusherDialect.APP_URL));
    }
    String secret = options.secret(AppSecret.OPTION);
    Optional<String> signed = PusherListener.signed(channels);
    if (secret.isEmpty() && signed.isPresent()) {
      throw new UsageException(
          "%s: this channel takes only signed subscriptions, and there is no app secret"
                  .formatted(signed.get())
              + " (expected: %s)".formatted(AppSecret.EXPECTED));
    }
    String userId = options.isGiven(USER_ID) ? options.text(USER_ID) : ANYONE;
    return new PusherListener(channels, key, secret, userId);
  }
}
