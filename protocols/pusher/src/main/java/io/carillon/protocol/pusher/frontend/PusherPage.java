package io.carillon.protocol.pusher.frontend;

import io.carillon.app.App;
import io.carillon.http.HttpRoute;
import io.carillon.part.PageFile;
import io.carillon.part.PageFile.Role;
import io.carillon.part.PageFolder;
import io.carillon.part.PagePart;
import io.carillon.part.PageTab;
import io.carillon.protocol.pusher.api.PageAuthorization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page's Pusher tab: two clients with pusher-js, in one channel of an app that the operator has
 * named for visitors. There is no tab without such an app. Immutable.
 */
final class PusherPage implements PagePart {

  /** Of a node that has no app for visitors. */
  static final PusherPage WITHOUT_APP = new PusherPage(null);

  private static final PageFolder FOLDER = new PageFolder(PusherPage.class);

  private final @Nullable App app;

  private PusherPage(@Nullable App app) {
    this.app = app;
  }

  /** Visitors may try this app. The page is told only the app's key. */
  static PusherPage of(App app) {
    return new PusherPage(app);
  }

  @Override
  public List<PageFile> files() {
    return Stream.of(
            FOLDER.files(Role.STYLE, "pusher.css"),
            FOLDER.files(Role.SCRIPT, "pusher-view.js", "pusher-pane.js", "pusher-tab.js"),
            FOLDER.files(Role.PUBLISHED, "pusher-8.6.0.min.js", "pusher-8.6.0.LICENCE.txt"))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Optional<PageTab> tab() {
    return Optional.ofNullable(app)
        .map(
            it ->
                new PageTab(
                    "pusher", "Pusher", FOLDER.text("pusher.html"), Map.of("key", it.key())));
  }

  /** The path at which visitors are let into the channel. */
  @Override
  public List<HttpRoute> routes() {
    PageAuthorization authorization =
        app == null ? PageAuthorization.OFF : PageAuthorization.of(app);
    return List.of(authorization.route());
  }
}
