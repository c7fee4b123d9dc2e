package io.carillon.protocol.pusher.dialect;

import io.carillon.app.App;
import io.carillon.dialect.CommandOption;
import io.carillon.dialect.OptionValues;
import io.carillon.dialect.PublishDialect;
import io.carillon.dialect.PublishHelp;
import io.carillon.dialect.PublishHelp.Word;
import io.carillon.dialect.PublishRequest;
import io.carillon.dialect.UsageException;
import io.carillon.protocol.pusher.AppUrl;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** An app's channels of {@code carillon publish}. */
final class PusherPublishing implements PublishDialect {

  private static final CommandOption ID =
      CommandOption.text("--app-id", "ID", "A Pusher app's id.");

  private static final CommandOption KEY =
      CommandOption.text("--app-key", "KEY", "The app's key, where it doesn't stand in the URL.");

  @Override
  public PublishHelp help() {
    return new PublishHelp(
        "an event to a Pusher app's channel",
        "--app-id=ID",
        "an app, http://.../app/KEY",
        List.of(
            new Word("CHANNEL", ""),
            new Word("EVENT", "for a channel the event's name"),
            new Word("DATA", "for a channel: the event's data, as clients get it")),
        "a channel the app's secret, from CARILLON_APP_SECRET",
        "a Pusher app",
        "for a channel of a Pusher app --app-id ID and",
        "for a channel: --app-id and a secret");
  }

  @Override
  public List<CommandOption> options() {
    return List.of(ID, KEY, AppSecret.OPTION);
  }

  @Override
  public boolean isFor(URI url, OptionValues options) {
    return AppUrl.parse(url).isPresent() || options().stream().anyMatch(options::isGiven);
  }

  @Override
  public PublishRequest request(URI url, List<String> words, OptionValues options, Instant now)
      throws UsageException, IOException {
    AppUrl app = AppUrl.parse(url).orElse(new AppUrl(pathOf(url), ""));
    String key = options.text(KEY);
    if (!key.isEmpty() && !app.key().isEmpty() && !key.equals(app.key())) {
      throw new UsageException("--app-key: \"%s\" (the URL says \"%s\")".formatted(key, app.key()));
    }
    String secret = options.secret(AppSecret.OPTION);
    if (secret.isEmpty()) {
      throw new UsageException("no app secret (expected: " + AppSecret.EXPECTED + ")");
    }
    try {
      EventRequest event = new EventRequest(words.getFirst(), words.get(1), words.get(2));
      return event.signed(
          app.prefix(), app(options.text(ID), key.isEmpty() ? app.key() : key, secret), now);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String pathOf(URI url) {
    return url.getRawPath() == null ? "" : url.getRawPath();
  }

  /**
   * The app that publishes.
   *
   * @throws IllegalArgumentException if the id or the key can't be an app's
   */
  private static App app(String id, String key, String secret) {
    if (id.isEmpty() || key.isEmpty()) {
      throw new IllegalArgumentException(
          "an app's id and key are needed (expected: --app-id ID, and --app-key KEY or a URL with"
              + " /app/KEY)");
    }
    return App.of(id, key, secret);
  }

  @Override
  public String refusal(int status, String shown) {
    if (status == 401 && shown.contains("auth_signature is wrong")) {
      return "401: the secret is not that of this app (check " + AppSecret.EXPECTED + ")";
    }
    if (status == 401 && shown.contains("No app has this id")) {
      return "401: the node has no app with this id and this key (check --app-id and the key)";
    }
    return shown;
  }
}
