package dev.fusebox.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsSiteTest {

  private static final Path PROJECT = Path.of(System.getProperty("fusebox.root", ".."));
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"#:]+)(#[^\"]*)?\"");

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

  @Test
  void anotherFolderIsRefused() {
    assertThatThrownBy(() -> site(folder))
        .isInstanceOf(UserError.class)
        .hasMessage("docs: no README.md in " + folder + ", which is not Fusebox's folder");
  }
}
