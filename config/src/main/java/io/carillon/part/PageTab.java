package io.carillon.part;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * One tab of the page: a button in the bar, and the view below the bar.
 *
 * <p>The page's address with {@code #name} opens the tab. One of the part's scripts calls {@code
 * Carillon.registerTab(name, fill)}. The page calls {@code fill(view, page)} when the tab is opened
 * for the first time. {@code view} is the element with the id {@code view-name}, and {@code
 * view.dataset} has the marks.
 *
 * @param name one word in lower case
 * @param title the text of the button
 * @param html the inside of the view; the page takes it as it is
 * @param marks values for the tab's script, by a data attribute's name without {@code data-}; every
 *     visitor can read them
 */
public record PageTab(String name, String title, String html, Map<String, String> marks) {

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9]*");
  private static final Pattern MARK = Pattern.compile("[a-z]+(-[a-z]+)*");

  public PageTab {
    marks = Map.copyOf(marks);
    if (!WORD.matcher(name).matches()) {
      throw new IllegalArgumentException("name: \"" + name + "\" (expected: a-z, then a-z 0-9)");
    }
    marks.keySet().forEach(PageTab::checkMark);
  }

  private static void checkMark(String mark) {
    if (!MARK.matcher(mark).matches()) {
      throw new IllegalArgumentException(
          "mark: \"" + mark + "\" (expected: words of a-z with - between them)");
    }
  }
}
