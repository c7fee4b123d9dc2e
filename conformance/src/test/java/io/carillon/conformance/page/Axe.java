package io.carillon.conformance.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.conformance.machine.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The accessibility checker, in a tab. */
record Axe(Tab tab) {

  private static final Path SCRIPT =
      Project.root().resolve("conformance/axe/node_modules/axe-core/axe.min.js");

  static Axe in(Tab tab) throws IOException {
    tab.evaluate(Files.readString(SCRIPT) + "; undefined");
    return new Axe(tab);
  }

  /** Checks what the tab shows now. */
  void assertNoViolations(String when) {
    assertThat(
            tab.evaluate(
                "axe.run().then(r => r.violations.map(v => v.id + ': '"
                    + " + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; '))"
                    + ".join('\\n'))"))
        .as(when)
        .isEqualTo("");
  }
}
