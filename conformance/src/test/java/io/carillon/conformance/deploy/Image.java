package io.carillon.conformance.deploy;

import io.carillon.conformance.client.Json;
import io.carillon.conformance.machine.CommandResult;
import io.carillon.conformance.machine.Project;
import io.carillon.conformance.node.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The container image, built without an engine by buildah, and run without one: its file system,
 * which nobody can write to, in a namespace of its own, with the image's user and variables. It has
 * no network of its own. Needs root.
 */
final class Image implements AutoCloseable {

  /** As the compose file has it: only /tmp can be written to. */
  private static final String ENTER =
      """
      root=$1; user=$2; shift 2
      mount --bind "$root" "$root" && mount -t proc proc "$root/proc" &&
      mount --rbind /dev "$root/dev" && mount -t tmpfs -o size=64m,mode=1777 tmpfs "$root/tmp" &&
      mount -o remount,bind,ro "$root" && exec chroot "--userspec=$user" "$root" "$@"
      """;

  private final Path store;
  private final String root;
  private final Map<String, Object> config;

  private Image(Path store, String root, Map<String, Object> config) {
    this.store = store;
    this.root = root;
    this.config = config;
  }

  /**
   * Builds it.
   *
   * @param context a folder with the archive
   * @param store an empty folder, for buildah
   */
  static Image build(Path context, Path store) {
    String base = CommandResult.succeed(Project.root() + "/tools/image-base").output().strip();
    String scratch = last(buildah(store, "from", "scratch"));
    buildah(store, "add", scratch, base, "/");
    buildah(store, "commit", "--rm", scratch, "base");
    String[] words = {"build", "--isolation=chroot", "--layers=false", "--pull-never"};
    List<String> build = new ArrayList<>(List.of(words));
    build.addAll(List.of("--format=docker", "--build-arg=BASE=localhost/base", "--tag=carillon"));
    build.addAll(List.of("--file=" + dockerfile(), context.toString()));
    buildah(store, build.toArray(String[]::new));
    String container = last(buildah(store, "from", "--pull-never", "carillon"));
    String json = buildah(store, "inspect", "--type=image", "carillon").output();
    Map<String, Object> docker = object(Json.parseObject(json).get("Docker"));
    return new Image(store, last(buildah(store, "mount", container)), object(docker.get("config")));
  }

  static Path dockerfile() {
    return Project.root().resolve("packaging/container/Dockerfile");
  }

  private static CommandResult buildah(Path store, String... words) {
    List<String> command = new ArrayList<>(List.of("buildah", "--storage-driver=vfs"));
    command.addAll(List.of("--root=" + store.resolve("root"), "--runroot=" + store.resolve("run")));
    command.addAll(List.of(words));
    return CommandResult.succeed(command.toArray(String[]::new));
  }

  private static String last(CommandResult result) {
    return result.lines().getLast().strip();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(@Nullable Object value) {
    return (Map<String, Object>) Objects.requireNonNull(value);
  }

  List<String> words(String key) {
    return ((List<?>) Json.field(config, key)).stream().map(String::valueOf).toList();
  }

  String user() {
    return Json.field(config, "User").toString();
  }

  /** The health check's command. */
  List<String> health() {
    List<?> test = (List<?>) Json.field(object(config.get("Healthcheck")), "Test");
    return test.stream().skip(1).map(String::valueOf).toList();
  }

  /** Starts what it is for, with these variables beside its own, and doesn't wait for it. */
  Node launch(Map<String, String> variables) {
    List<String> command = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--mount"));
    command.addAll(List.of("--kill-child", "sh", "-c", ENTER, "sh", root, user()));
    command.addAll(environment(variables));
    command.addAll(words("Entrypoint"));
    command.addAll(words("Cmd"));
    return Node.start(new ProcessBuilder(command), Map.of(), Node.READY);
  }

  /** Process 1 of a node's namespace. */
  static ProcessHandle first(Node node) {
    return ProcessHandle.of(node.pid()).flatMap(p -> p.children().findFirst()).orElseThrow();
  }

  /** Runs a command beside a node, as an engine runs health checks. */
  CommandResult exec(Node node, Map<String, String> variables, List<String> words) {
    List<String> command = new ArrayList<>(List.of("nsenter", "--target=" + first(node).pid()));
    command.addAll(List.of("--mount", "--pid", "chroot", "--userspec=" + user(), root));
    command.addAll(environment(variables));
    command.addAll(words);
    return CommandResult.run(command.toArray(String[]::new));
  }

  private List<String> environment(Map<String, String> variables) {
    return Stream.of(
            Stream.of("env", "-i", "--chdir=" + Json.field(config, "WorkingDir")),
            words("Env").stream(),
            variables.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()))
        .flatMap(all -> all)
        .toList();
  }

  /** Leaves nothing behind; buildah's own files must be deleted by buildah. */
  @Override
  public void close() {
    buildah(store, "rm", "--all");
    buildah(store, "rmi", "--all", "--force");
  }
}
