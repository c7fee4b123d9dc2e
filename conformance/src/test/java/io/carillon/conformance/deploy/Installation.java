package io.carillon.conformance.deploy;

import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An archive that has been unpacked somewhere, used as an operator uses it. Its environment has no
 * variable of Carillon, and none of Java if it has its own runtime.
 *
 * @param home its folder
 */
record Installation(Path home) {

  static Installation unpack(Path archive, Path folder) {
    CommandResult.succeed("mkdir", "-p", folder.toString());
    CommandResult.succeed("tar", "-xzf", archive.toString(), "-C", folder.toString());
    CommandResult listed = CommandResult.succeed("ls", folder.toString());
    return new Installation(folder.resolve(listed.output().strip()));
  }

  Path file(String name) {
    return home.resolve(name);
  }

  /** Runs a command of it to its end. */
  CommandResult run(Map<String, String> environment, String... words) {
    ProcessBuilder builder = builder(words);
    builder.environment().keySet().removeIf(name -> name.matches("CARILLON_(?!JAVA$).*"));
    builder.environment().putAll(environment);
    return CommandResult.run(builder);
  }

  /** Starts a node of it and doesn't wait for it. */
  Node launch(Map<String, String> environment, String... flags) {
    List<String> words = new ArrayList<>(List.of("serve"));
    words.addAll(List.of(flags));
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent(Node.JAVA_OPTIONS_VARIABLE, Node.JAVA_OPTIONS);
    return Node.start(builder(words.toArray(String[]::new)), all, Node.READY);
  }

  private ProcessBuilder builder(String... words) {
    List<String> command = new ArrayList<>(List.of(file("bin/carillon").toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    if (Files.exists(file("runtime"))) {
      builder.environment().remove("CARILLON_JAVA");
    }
    return builder;
  }
}
