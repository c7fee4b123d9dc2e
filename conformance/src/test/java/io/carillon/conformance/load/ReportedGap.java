package io.carillon.conformance.load;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stretch of time in which a node says that it may have missed messages: a line of its log. */
public record ReportedGap(String reason, Window window) {

  private static final Pattern LINE =
      Pattern.compile(
          "Messages may have been missed: (.*); channels: .*; from (\\S+Z) to (\\S+Z)$");

  /** Those among the lines of a log. */
  public static List<ReportedGap> among(List<String> log) {
    return log.stream().map(ReportedGap::parse).flatMap(Optional::stream).toList();
  }

  static Optional<ReportedGap> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    return matcher.find()
        ? Optional.of(
            new ReportedGap(
                matcher.group(1),
                new Window(Instant.parse(matcher.group(2)), Instant.parse(matcher.group(3)))))
        : Optional.empty();
  }
}
