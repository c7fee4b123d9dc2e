package io.carillon.benchmark.balancer;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times in which nodes may have missed publications, as their logs report them. */
final class Gaps {

  private static final Pattern LINE =
      Pattern.compile("Messages may have been missed: .*; from (\\S+Z) to (\\S+Z)");

  private Gaps() {}

  /** The gaps that one node has reported in all of its starts. */
  static List<Span> of(Path folder, Node node) throws IOException {
    List<Span> gaps = new ArrayList<>();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, node.name() + "-*.log")) {
      for (Path log : logs) {
        gaps.addAll(among(Files.readString(log)));
      }
    }
    return gaps;
  }

  static List<Span> among(String log) {
    Matcher matcher = LINE.matcher(log);
    List<Span> gaps = new ArrayList<>();
    while (matcher.find()) {
      gaps.add(new Span(Instant.parse(matcher.group(1)), Instant.parse(matcher.group(2))));
    }
    return gaps;
  }
}
