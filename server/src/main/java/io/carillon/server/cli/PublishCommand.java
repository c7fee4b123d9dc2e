package io.carillon.server.cli;

import io.carillon.dialect.Dialects;
import io.carillon.dialect.PublishDialect;
import io.carillon.dialect.PublishRequest;
import io.carillon.dialect.UsageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * Publishes one message over HTTP. The URL or the options choose a dialect, which makes the
 * request.
 */
@Command(name = "publish", mixinStandardHelpOptions = true, sortOptions = false)
final class PublishCommand implements Callable<Integer>, PartsCommand {

  private final List<PublishDialect> dialects;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private TrustOption trust = new TrustOption();

  PublishCommand(Dialects dialects) {
    this.dialects = dialects.publishing();
  }

  @Override
  public void completeSpec(CommandSpec command) {
    new PublishUsage(dialects).addTo(command);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ParseResult parsed = spec.commandLine().getParseResult();
    URI url = parsed.matchedPositionalValue(0, URI.create(""));
    NodeUrl.requireHost(url, spec.commandLine());
    DialectOptions options = new DialectOptions(spec.commandLine(), System.getenv());
    PublishDialect dialect = dialectOf(url, options);
    HttpResponse<String> response = send(url, request(dialect, url, wordsOf(parsed), options));
    if (response.statusCode() / 100 == 2) {
      return CommandLine.ExitCode.OK;
    }
    throw new IOException(dialect.refusal(response.statusCode(), ResponseLine.shown(response)));
  }

  private PublishDialect dialectOf(URI url, DialectOptions options) {
    PublishDialect chosen =
        dialects.reversed().stream()
            .filter(dialect -> dialect.isFor(url, options))
            .findFirst()
            .orElseThrow(() -> usage(NodeUrl.shown(url) + ": no protocol has such a URL"));
    for (PublishDialect other : dialects) {
      Optional<String> wrong = other.equals(chosen) ? Optional.empty() : other.misplaced(options);
      if (wrong.isPresent()) {
        throw usage(wrong.get() + " (expected " + chosen.help().needs() + ")");
      }
    }
    return chosen;
  }

  private static List<String> wordsOf(ParseResult parsed) {
    List<String> words = new ArrayList<>();
    for (int i = 1; parsed.hasMatchedPositional(i); i++) {
      words.add(parsed.matchedPositionalValue(i, ""));
    }
    return words;
  }

  private PublishRequest request(
      PublishDialect dialect, URI url, List<String> words, DialectOptions options)
      throws IOException {
    try {
      new PublishUsage(dialects).requireWords(dialect, words.size());
      return dialect.request(url, words, options, Instant.now());
    } catch (UsageException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private HttpResponse<String> send(URI url, PublishRequest request)
      throws IOException, InterruptedException {
    try {
      return new HttpPost(NodeUrl.http(url, request.path(), request.query()), request)
          .send(trust.context());
    } catch (IllegalArgumentException e) {
      // The client's message would quote a key that no header can hold.
      throw usage("the URL or the key can't be used (expected: http://host:port)");
    }
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
