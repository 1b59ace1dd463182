package dev.fusebox.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.SettingRecords;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsSiteTest {

  private static final Path PROJECT = Path.of(System.getProperty("fusebox.root", ".."));
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"#:]+)(#[^\"]*)?\"");

  private static final Pattern ROW = Pattern.compile("<td><code>([\\w.]+)</code></td>");

  @TempDir private Path folder;

  private static DocsSite site(Path home) throws IOException {
    return DocsSite.of(home, DocsSiteTest.class.getClassLoader());
  }

  @Test
  void everyLinkOfTheProjectsGuidesLeadsSomewhere() throws IOException {
    assertThat(site(PROJECT).write(folder)).as("links to nothing").isEmpty();
    List<Path> pages;
    try (Stream<Path> files = Files.walk(folder)) {
      pages = files.filter(file -> file.toString().endsWith(".html")).toList();
    }
    assertThat(pages).hasSizeGreaterThan(15);
    for (Path page : pages) {
      Matcher address = ADDRESS.matcher(Files.readString(page));
      while (address.find()) {
        Path target = page.resolveSibling(address.group(1)).normalize();
        assertThat(target).as("%s links to %s", page, address.group()).isRegularFile();
        if (address.group(2) != null) {
          assertThat(target)
              .content()
              .as("%s links to %s", page, address.group())
              .contains("id=\"" + address.group(2).substring(1) + "\"");
        }
      }
    }
  }

  @Test
  void tablesAndSettingsAreThere() throws IOException {
    site(PROJECT).write(folder);
    assertThat(folder.resolve("index.html")).content().contains("<table>", "<h1 id=\"fusebox\">");
    assertThat(folder.resolve("settings.html"))
        .content()
        .contains("gradient clipping", "lengthPenalty", "heads");
    assertThat(folder.resolve("docs/fusions.html")).content().contains("gated", "coattention");
  }

  /** Each component of each record has a row, those without a default too. */
  @Test
  void everySettingHasARow() throws IOException {
    site(PROJECT).write(folder);
    String page = Files.readString(folder.resolve("settings.html"));
    Set<String> rows = new TreeSet<>();
    ROW.matcher(page).results().forEach(row -> rows.add(row.group(1)));
    Set<String> wanted = new TreeSet<>();
    SettingRecords.roots()
        .forEach(
            (key, root) -> {
              for (RecordComponent each : root.type().getRecordComponents()) {
                if (!root.without().contains(each.getName())) {
                  wanted.add(key.isEmpty() ? each.getName() : key + "." + each.getName());
                }
              }
            });
    assertThat(wanted).hasSizeGreaterThan(25);
    assertThat(rows)
        .containsAll(wanted)
        .contains(
            "data.root",
            "data.heldOut",
            "data.limits.validation",
            "features.backbone",
            "training.optimizer.learningRate",
            "training.validation.patience",
            "decoding.sampling.topK",
            "test.transfer.NAME.root",
            "model.tune.method",
            "model.tune.rank",
            "pipeline.STAGE.retrieval.corpus",
            "pretraining.objectives",
            "ablation.budget",
            "tracking.mlflow");
    assertThat(rows).hasSizeGreaterThan(100);
  }

  /** Key, type, default and meaning: of a plain one, of a choice, of one without a default. */
  @Test
  void aRowTellsTypeDefaultAndMeaning() throws IOException {
    site(PROJECT).write(folder);
    String page = Files.readString(folder.resolve("settings.html")).replaceAll("\\s+", " ");
    assertThat(page)
        .contains(
            "<td><code>training.clip</code></td> <td>number</td> <td>1</td> <td>gradient clipping: maximum norm; 0: off</td>",
            "<td><code>features.learningRateFactor</code></td> <td>number</td> <td>1</td> <td>for these layers, times",
            "<td><code>control</code></td> <td>none, blind, shuffled, noise</td> <td>none</td>",
            "<td><code>training.validation.patience</code></td> <td>whole number</td> <td></td> <td>early stopping: stop after this many",
            "<td><code>training.optimizer.type</code></td> <td>adamw, adamw-hf, adafactor, adafactor-relative</td>",
            "<td><code>training.optimizer.beta1</code></td> <td>number</td> <td>0.9 (adamw, adamw-hf)</td>",
            "<td><code>pipeline.STAGE.trainOn</code></td> <td>gold, generated</td> <td>gold</td>",
            "<td><code>ablation.seeds</code></td> <td>list of whole number</td> <td>[1]</td>");
  }

  @Test
  void aLinkToWhatIsNotThereLeavesItsWords() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(
        home.resolve("README.md"), "# A <b>\n\n[words](gone.txt) [other](../up.md)\n");
    assertThat(site(home).write(folder.resolve("site")))
        .containsExactly("README.md: gone.txt", "README.md: ../up.md");
    assertThat(folder.resolve("site/index.html"))
        .content()
        .contains("<p>words other</p>", "<title>A &lt;b> ·")
        .doesNotContain("gone.txt");
  }

  /** Of a project of one class; what is not a source stands for nothing. */
  @Test
  void javadocIsMadeOfTheSourcesAndLinkedWhereItIs() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve("README.md"), "# Here\n");
    assertThat(JavadocPages.of(home)).isEmpty();
    Path site = folder.resolve("site");
    site(home).write(site);
    assertThat(site.resolve("index.html")).content().doesNotContain("javadoc");
    Path sources =
        Files.createDirectories(home.resolve("experiments/own/src/main/java/dev/fusebox/own"));
    Files.writeString(
        sources.resolve("Own.java"),
        "package dev.fusebox.own;\n/** Says so. */\npublic class Own { public org.gone.Type gone; }\n");
    JavadocPages.of(home).orElseThrow().write(site.resolve(DocsSite.JAVADOC));
    site(home).write(site);
    assertThat(site.resolve("index.html"))
        .content()
        .contains("<a href=\"javadoc/index.html\">Classes (javadoc)</a>");
    assertThat(site.resolve("javadoc/dev/fusebox/own/Own.html")).content().contains("Says so.");
    assertThat(site.resolve("javadoc.unfinished")).doesNotExist();
  }

  @Test
  void aSourceThatIsNoneIsTold() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/experiments/own/src/main/java/dev"));
    Files.createDirectories(home.resolve("fusebox"));
    Path pages = folder.resolve("pages");
    JavadocPages nothing = JavadocPages.of(folder.resolve("home")).orElseThrow();
    assertThatThrownBy(() -> nothing.write(pages))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("docs: javadoc failed with status ");
    assertThat(pages).doesNotExist();
  }

  @Test
  void anotherFolderIsRefused() {
    assertThatThrownBy(() -> site(folder))
        .isInstanceOf(UserError.class)
        .hasMessage("docs: no README.md in " + folder + ", which is not Fusebox's folder");
  }
}
