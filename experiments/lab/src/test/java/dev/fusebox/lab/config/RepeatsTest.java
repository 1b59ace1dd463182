package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of what one file writes twice, HOCON keeps the last, or both as one; a person should know. */
class RepeatsTest {

  @TempDir Path folder;
  private final Problems problems = new Problems();
  private final List<String> notes = new ArrayList<>();

  private void read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    ConfigSource.file(file, new Repeats(problems, notes));
  }

  private void noted(String text, String... expected) throws IOException {
    notes.clear();
    read(text);
    assertThat(problems.none()).as(text).isTrue();
    assertThat(notes)
        .as(text)
        .extracting(note -> note.replace(folder.resolve("mine.conf") + ": ", ""))
        .containsExactly(expected);
  }

  @Test
  void aValueThatALaterLineReplacesIsANote() throws IOException {
    noted("a = 1\n\na = 2", "a is set in line 1 and again in line 3; the last one counts");
    noted(
        "a.b = [1]\na { b = x }", "a.b is set in line 1 and again in line 2; the last one counts");
    noted(
        "a = 1, a = 1, a = 1",
        "a is set in line 1 and again in line 1; the last one counts",
        "a is set in line 1 and again in line 1; the last one counts");
  }

  @Test
  void whatGoesOnFromTheValueBeforeIsNone() throws IOException {
    noted("x = 5\na = 1\na = ${x}");
    noted("x = 5\na = ${x}\na = 1");
    noted("a = [1]\na += 2");
    noted("a { b = 1 }\na = 1");
    noted("a = 1\na { b = 1 }");
    noted("a { b = 1 }\na { c = 1 }");
    noted("a { b = 1 }\nc { b = 1 }");
  }

  private void refused(String text, int line, String key, int first) throws IOException {
    Problems own = new Problems();
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    ConfigSource.file(file, new Repeats(own, notes));
    assertThat(own.all())
        .as(text)
        .containsExactly(
            new Problem(
                file.toString(),
                line,
                key,
                "written twice, first in line " + first + "; give one of them another name"));
    assertThat(notes).isEmpty();
  }

  /** Names that people choose: the second may be another thing, called so by mistake. */
  @Test
  void twoBlocksOfOneNameInOnePairOfBracesAreAProblem() throws IOException {
    refused("ablation.variants {\na {}\nb {}\na {}\n}", 4, "ablation.variants.a", 2);
    refused("pipeline {\nx {}\n\"x\" {} }", 3, "pipeline.x", 2);
    refused("models {\nx {}\nx {} }", 3, "models.x", 2);
    refused("datasets {\nx {}\nx {} }", 3, "datasets.x", 2);
    refused("fusions {\nx {}\nx {} }", 3, "fusions.x", 2);
    refused(
        "ablation.variants.v {\npipeline {\nx {}\nx {} } }",
        4,
        "ablation.variants.v.pipeline.x",
        3);
  }

  @Test
  void twoBlocksOfOneNameElsewhereAreOneAndThatIsANote() throws IOException {
    noted(
        "ablation.variants { a {} }\nablation { variants { a {} } }",
        "ablation.variants.a is written in line 1 and again in line 2; both count as one");
    noted(
        "pipeline.x {}\npipeline { x {} }",
        "pipeline.x is written in line 1 and again in line 2; both count as one");
    noted("pipeline { x.training {}\nx.training {} }");
    noted("other { x {}\nx {} }");
    noted("ablation.other.v.pipeline { training {}, answer {} }");
  }

  @Test
  void anotherFileMaySetAKeyAgain() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "a = 1\nb = 1\nb = 2");
    read("include \"base.conf\"\na = 2");
    assertThat(notes)
        .containsExactly(
            folder.resolve("base.conf")
                + ": b is set in line 2 and again in line 3; the last one counts");
  }

  /** Java's own format has no blocks, and what it repeats nobody sees. */
  @Test
  void propertiesAreNotHocon() throws IOException {
    Files.writeString(folder.resolve("base.properties"), "a = {\nb = 1\nb = 2");
    read("include \"base.properties\"");
    assertThat(notes).isEmpty();
  }
}
