package dev.fusebox.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkHomeTest {

  @TempDir Path home;

  private Path build() throws IOException {
    Path spark = home.resolve("experiments/cluster/target/spark");
    Files.createDirectories(spark.resolve("jars"));
    Files.createFile(spark.resolve("fusebox-cluster.jar"));
    return spark;
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://host:7077", "local-cluster[2,1,1024]", "local[2]", "local"})
  void theJarsOfTheBuildKnowThese(String master) throws IOException {
    Path built = build();
    SparkHome spark = SparkHome.of(home, master, Map.of());
    assertThat(spark.path()).isEqualTo(built);
    assertThat(spark.door()).isEqualTo(built.resolve("fusebox-cluster.jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s://https://host:6443", "yarn"})
  void theseNeedADistribution(String master) throws IOException {
    build();
    assertThatThrownBy(() -> SparkHome.of(home, master, Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--on %s: needs a distribution of Spark that knows it; set SPARK_HOME to one", master);
    Path given = Files.createDirectories(home.resolve("spark-4/jars")).getParent();
    assertThat(SparkHome.of(home, master, Map.of("SPARK_HOME", given.toString())).path())
        .isEqualTo(given);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:7077", "spark://", "local-cluster[2,1]", "slurm", ""})
  void whatIsNoClusterIsRefusedWithThoseThatAre(String master) throws IOException {
    build();
    assertThatThrownBy(() -> SparkHome.of(home, master, Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("--on " + master + ": no cluster; one of spark://HOST:7077, ");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> SparkHome.of(home, "spark://host:7077", Map.of()))
        .hasMessageContaining("fusebox-cluster.jar: is not there; ./fusebox run --on builds it");
    build();
    Map<String, String> empty = Map.of("SPARK_HOME", home.toString());
    assertThatThrownBy(() -> SparkHome.of(home, "spark://host:7077", empty))
        .hasMessage("SPARK_HOME = %s: has no jars; unpack a distribution there", home);
  }
}
