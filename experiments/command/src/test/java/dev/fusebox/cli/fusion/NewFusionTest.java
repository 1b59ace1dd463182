package dev.fusebox.cli.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** A fusion from nothing: the folder that is written, the walk-through, a jar of its own. */
final class NewFusionTest {

  private static final Path PROJECT = Path.of(System.getProperty("fusebox.root", ".."));
  private static final Pattern BLOCK =
      Pattern.compile(
          "^`([\\w./-]+)`\\n\\n```\\w+\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path root;

  @BeforeEach
  void copyTheBuild() throws IOException {
    Files.createDirectories(root.resolve("experiments/command"));
    Files.createDirectories(root.resolve("configs/base"));
    for (String file :
        List.of("pom.xml", "experiments/command/pom.xml", "configs/base/demo.conf")) {
      Files.copy(PROJECT.resolve(file), root.resolve(file));
    }
  }

  private static FusionCatalogue known() {
    return FusionCatalogue.of(NewFusionTest.class.getClassLoader());
  }

  @Test
  void whatIsWrittenCompilesAndHoldsTheContract() throws IOException {
    FusionFolder folder = new FusionFolder(root, "mist", known());
    folder.write();
    CompiledFusion mist = CompiledFusion.of(folder.folder(), root.resolve("classes"));
    assertPasses(mist.run("dev.fusebox.fusion.mist.MistFusionTest"));
    assertPasses(mist.run("dev.fusebox.fusion.mist.MistScriptTest"), 1);
  }

  @Test
  void addsTwoLinesToTheBuild() throws IOException {
    new FusionFolder(root, "mist", known()).write();
    assertThat(added("pom.xml")).containsExactly("    <module>fusion-mist</module>");
    assertThat(added("experiments/command/pom.xml"))
        .singleElement()
        .asString()
        .contains("<artifactId>fusion-mist</artifactId>")
        .contains("<scope>runtime</scope>");
  }

  private List<String> added(String file) throws IOException {
    List<String> before = Files.readAllLines(PROJECT.resolve(file));
    return Files.readAllLines(root.resolve(file)).stream()
        .filter(line -> !before.contains(line))
        .toList();
  }

  @Test
  void theWalkThroughHoldsWhatItSays() throws IOException {
    FusionFolder folder = new FusionFolder(root, "film", known());
    folder.write();
    Matcher block = BLOCK.matcher(Files.readString(PROJECT.resolve("docs/adding-a-fusion.md")));
    int blocks = 0;
    while (block.find()) {
      Path target = root.resolve(block.group(1));
      if (!block.group(1).startsWith("configs/")) {
        assertThat(target).as("what new-fusion wrote").exists();
      }
      Files.createDirectories(target.getParent());
      Files.writeString(target, block.group(2));
      blocks++;
    }
    assertThat(blocks).isEqualTo(7);
    CompiledFusion film = CompiledFusion.of(folder.folder(), root.resolve("classes"));
    assertPasses(film.run("dev.fusebox.fusion.film.FilmFusionTest"));
    assertPasses(film.run("dev.fusebox.fusion.film.FilmScriptTest"), 1);
    ClassLoader loader = Plugins.loader(List.of(film.jar(root.resolve("film.jar"))));
    FusionCatalogue fusions = FusionCatalogue.of(loader);
    Experiment experiment =
        new ExperimentReader(fusions, loader).read(root.resolve("configs/film.conf"), List.of());
    assertThat(experiment.variants().get(2).recipe().fusion().settings())
        .hasToString("FilmFusionConfig[shift=true]");
    assertThat(experiment.variants().get(3).recipe().fusion().settings())
        .hasToString("FilmFusionConfig[shift=false]");
    assertThat(FusionSheet.of(fusions.providers().get("film"), loader).text())
        .contains("hooks       afterEncoder")
        .contains("shift = true")
        .contains("Whether the picture shifts the text's states too")
        .contains("393,216 added on T5-base"); // 2 · 768 · 256
  }

  @Test
  void aProjectOfItsOwnIsCompleteAndLeavesTheBuildAlone() throws IOException {
    Path project = root.resolve("mine");
    new FusionProject(project, "mist", known()).write("1.2.3");
    assertThat(project.resolve("pom.xml"))
        .content()
        .contains(
            "<artifactId>fusion-mist</artifactId>", "<fusebox.version>1.2.3</fusebox.version>")
        .doesNotContain("<parent>", "@");
    assertThat(project.resolve("README.md")).content().contains("target/fusion-mist.jar");
    assertThat(added("pom.xml")).isEmpty();
    CompiledFusion mist = CompiledFusion.of(project, root.resolve("classes"));
    ClassLoader loader = Plugins.loader(List.of(mist.jar(root.resolve("mist.jar"))));
    ExperimentReader reader = new ExperimentReader(FusionCatalogue.of(loader), loader);
    Experiment experiment = reader.read(project.resolve("try.conf"), List.of());
    assertThat(experiment.variants())
        .extracting(variant -> variant.recipe().fusion().name())
        .contains("mist");
    Path demo =
        Files.writeString(root.resolve("configs/demo-alone.conf"), "include \"base/demo.conf\"");
    assertThat(experiment.variants().get(0).recipe())
        .isEqualTo(reader.read(demo, List.of("features=none")).variants().get(0).recipe());
  }

  private static void assertPasses(TestExecutionSummary summary) {
    assertPasses(summary, 26);
  }

  private static void assertPasses(TestExecutionSummary summary, int least) {
    assertThat(summary.getFailures())
        .extracting(failure -> failure.getException().getMessage())
        .isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThanOrEqualTo(least);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Film", "film-two", "2film", "class", ""})
  void aNameIsAPackages(String name) {
    assertThatThrownBy(() -> new FusionFolder(root, name, known()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "new-fusion "
                + name
                + ": a name is a Java package's: lower-case letters and digits, a letter first");
  }

  @Test
  void aNameIsTakenOnce() throws IOException {
    assertThatThrownBy(() -> new FusionFolder(root, "gated", known()))
        .isInstanceOf(UserError.class)
        .hasMessage("new-fusion gated: a fusion of that name already exists");
    Files.createDirectories(root.resolve("fusion-mist"));
    assertThatThrownBy(() -> new FusionFolder(root, "mist", known()))
        .isInstanceOf(UserError.class)
        .hasMessage("new-fusion mist: " + root.resolve("fusion-mist") + " exists already");
  }

  @Test
  void writesNothingOutsideOfTheProject() throws IOException {
    Files.delete(root.resolve("experiments/command/pom.xml"));
    assertThatThrownBy(() -> new FusionFolder(root, "mist", known()).write())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("run it in Fusebox's own folder");
    assertThat(root.resolve("fusion-mist")).doesNotExist();
  }

  @Test
  void saysThatAPluginIsNotThere() {
    assertThatThrownBy(() -> Plugins.loader(List.of(Path.of("nowhere.jar"))))
        .isInstanceOf(UserError.class)
        .hasMessage("--plugin nowhere.jar: no such file");
  }
}
