package io.carillon.part;

import io.carillon.http.HttpRoute;
import java.util.List;
import java.util.Optional;

/**
 * The part of the node's web page that a front end brings. The thread that starts the node calls
 * each method once.
 *
 * <p>The page is a shell with a bar of tabs. The shell's own styles and scripts are loaded first,
 * so a part may use them. All parts share one set of file names, of style classes and of ids in the
 * document.
 */
public interface PagePart {

  /**
   * Its files, in the order in which the page loads styles and scripts. The node serves them even
   * if there is no tab; then the page does not load them. The shell and the other parts have no
   * files of these names.
   */
  List<PageFile> files();

  /** Its tab; empty if this node has nothing to show there. */
  Optional<PageTab> tab();

  /** The paths that its scripts ask for besides the files. */
  default List<HttpRoute> routes() {
    return List.of();
  }
}
