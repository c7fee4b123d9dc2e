package io.carillon.server;

import io.carillon.http.HttpHandler;
import io.carillon.http.HttpReply;
import io.carillon.http.HttpRoute;
import io.carillon.http.PathPattern;
import io.carillon.part.PageFile;
import io.carillon.part.PageFile.Role;
import io.carillon.part.PagePart;
import io.carillon.part.PageTab;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A part of the page that no protocol of the program brings.
 *
 * @param tabs none or one
 */
record MadeUpPart(List<PageFile> files, List<PageTab> tabs) implements PagePart {

  /** A part with everything that a part can have. */
  static final MadeUpPart CHAT =
      new MadeUpPart(
          List.of(
              new PageFile("chat.css", Role.STYLE, "p { margin: 0 }"),
              new PageFile("chat-view.js", Role.SCRIPT, "'view'"),
              new PageFile("chat.js", Role.SCRIPT, "'chat'"),
              new PageFile("library-1.0.min.js", Role.PUBLISHED, "library"),
              new PageFile("clients/chat.js", Role.SHARED_SCRIPT, "client"),
              new PageFile("clients/chat.mjs", Role.SHARED, "module")),
          List.of(new PageTab("chat", "Chat & more", "<p>Chat</p>\n", Map.of("key", "a-key"))));

  @Override
  public Optional<PageTab> tab() {
    return tabs.stream().findFirst();
  }

  @Override
  public List<HttpRoute> routes() {
    HttpReply asked = HttpReply.text(200, "asked");
    return List.of(
        HttpRoute.any(PathPattern.exact("/page/chat/ask"), HttpHandler.answering(_ -> asked)));
  }
}
