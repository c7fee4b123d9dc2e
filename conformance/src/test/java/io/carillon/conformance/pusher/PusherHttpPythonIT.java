package io.carillon.conformance.pusher;

import io.carillon.conformance.machine.Project;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** pusher-http-python. */
@Tag("any-broker")
class PusherHttpPythonIT extends ServerLibraryContract {

  @RegisterExtension static final PusherService service = new PusherService();

  private static @Nullable LineProgram python;

  @BeforeAll
  static void startPython() {
    python =
        LineProgram.start(
            PusherApp.environment(service.balancer().port()),
            Project.root().resolve("conformance/pusher/.venv/bin/python").toString(),
            "backend.py");
  }

  @AfterAll
  static void stopPython() {
    Objects.requireNonNull(python).close();
  }

  @Override
  PusherService service() {
    return service;
  }

  @Override
  Backend backend() {
    return new PythonBackend(Objects.requireNonNull(python));
  }
}
