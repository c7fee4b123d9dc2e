package io.carillon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.protocol.pusher.MessageFuzz;
import io.carillon.protocol.pusher.RequestSignatureFuzz;
import io.carillon.server.transport.FrameDecoderFuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lets Jazzer, which steers by what code an input reaches, look for inputs that break what
 * strangers reach: each target in a process of its own, for {@code -Dfuzz.seconds} (2 by default).
 * A finding's input lies in {@code target/fuzz}, and the output says how to run it again.
 */
class JazzerIT {

  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 2);
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  @ParameterizedTest
  @ValueSource(classes = {FrameDecoderFuzz.class, RequestSignatureFuzz.class, MessageFuzz.class})
  void findsNothing(Class<?> target) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
    Path output = folder.resolve("output.txt");
    Process jazzer =
        new ProcessBuilder(
                List.of(
                    JAVA.toString(),
                    "-Xmx512m",
                    "-XX:+EnableDynamicAgentLoading",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "com.code_intelligence.jazzer.Jazzer",
                    "--target_class=" + target.getName(),
                    "--instrumentation_includes=io.carillon.**",
                    "--reproducer_path=" + folder,
                    "-artifact_prefix=" + folder + "/",
                    "-max_len=4096",
                    "-print_final_stats=1",
                    "-max_total_time=" + SECONDS))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(SECONDS + 120L, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      jazzer.destroyForcibly();
    }
    String said = Files.readString(output, StandardCharsets.UTF_8);
    System.out.println(target.getSimpleName() + ": " + executions(said));
    assertThat(jazzer.exitValue()).as(said).isZero();
    assertThat(said).contains("stat::number_of_executed_units");
  }

  private static String executions(String said) {
    return said.lines()
        .filter(line -> line.startsWith("stat::number_of_executed_units"))
        .findFirst()
        .orElse("no statistics");
  }
}
