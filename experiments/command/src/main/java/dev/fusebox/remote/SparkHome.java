package dev.fusebox.remote;

import dev.fusebox.file.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where Spark lies.
 *
 * @param path with its jars in {@code jars}
 * @param door the jar that talks to it
 */
public record SparkHome(Path path, Path door) {

  private static final Pattern MASTER =
      Pattern.compile("spark://.+|local-cluster\\[\\d+,\\d+,\\d+]|k8s://.+|yarn|local(\\[.+])?");
  private static final List<String> OF_A_DISTRIBUTION = List.of("k8s", "yarn");

  /**
   * The distribution that {@code SPARK_HOME} names, or the jars that the build has brought.
   *
   * @param home of Fusebox
   * @param master of the cluster
   * @throws UserError if there is none, or if its jars do not know the kind of cluster
   */
  public static SparkHome of(Path home, String master, Map<String, String> environment) {
    if (!MASTER.matcher(master).matches()) {
      throw new UserError(
          "--on %s: no cluster; one of spark://HOST:7077, k8s://https://HOST:PORT, yarn, local-cluster[WORKERS,CORES,MEGABYTES]"
              .formatted(master));
    }
    Path built = home.resolve("experiments/cluster/target/spark");
    Path door = built.resolve("fusebox-cluster.jar");
    if (!Files.isRegularFile(door)) {
      throw new UserError(
          door + ": is not there; ./fusebox run --on builds it, as does mvn -Pcluster package");
    }
    String given = environment.getOrDefault("SPARK_HOME", "");
    boolean special = OF_A_DISTRIBUTION.stream().anyMatch(master::startsWith);
    if (special && given.isEmpty()) {
      throw new UserError(
          "--on %s: needs a distribution of Spark that knows it; set SPARK_HOME to one"
              .formatted(master));
    }
    Path path = given.isEmpty() ? built : Path.of(given);
    if (!Files.isDirectory(path.resolve("jars"))) {
      throw new UserError(
          "SPARK_HOME = %s: has no jars; unpack a distribution there".formatted(path));
    }
    return new SparkHome(path, door);
  }

  String classPath() {
    return door + System.getProperty("path.separator") + path.resolve("jars") + "/*";
  }
}
