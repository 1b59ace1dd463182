package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourceTest {

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String told(Path file) {
    Throwable error = catchThrowable(() -> ConfigSource.file(file));
    assertThat(error).isInstanceOf(UserError.class);
    return error.getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"base/a.conf\"",
        "include \"base/a\"",
        "include file(\"base/a.conf\")",
        "include required(\"base/a.conf\")",
        "include required(file(\"base/a\"))",
        "include required(classpath(\"included/a.conf\"))",
        "include classpath(\"/included/a\")",
        "include \"included/a.conf\"",
        "include \"base/nested.conf\"",
        "include \"base/a.json\", x = 1"
      })
  void everyFormOfAnIncludeIsRead(String include) throws IOException {
    write("base/a.conf", "found = yes");
    write("base/nested.conf", "include \"deeper/b.conf\"");
    write("base/deeper/b.conf", "include \"../a.conf\"");
    write("base/a.json", "{\"found\": \"yes\"}");
    assertThat(ConfigSource.file(write("main.conf", include)).getString("found")).isEqualTo("yes");
    assertThat(
            ConfigSource.file(write("main.conf", "in { " + include + " }")).getString("in.found"))
        .isEqualTo("yes");
  }

  @Test
  void aFolderIsNoFileToInclude() throws IOException {
    write("base/a.conf", "x = 1");
    assertThat(told(write("main.conf", "include \"base\"")))
        .endsWith(
            "line 1  include \"base\": is a folder; name each of its files that is to be included");
  }

  @Test
  void aBlockThatIsNotClosedIsToldAsThat() throws IOException {
    Path file = write("main.conf", "a = 1\ntraining { steps = 3\n");
    assertThat(told(file)).contains("the file ends inside a block: a } or ] is missing");
    Path list = write("list.conf", "seeds = [1, 2\n");
    assertThat(told(list)).doesNotContain("parenthes");
  }

  /** A name without a folder has no parent of its own. */
  @Test
  void aFileOfTheWorkingDirectoryIncludesItsNeighbours() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path main = write("main.conf", "include \"base/a.conf\"");
    write("base/a.conf", "found = yes");
    assertThat(ConfigSource.file(here.relativize(main)).getString("found")).isEqualTo("yes");
    Path bare = Files.createTempFile(here, "main", ".conf");
    Path beside = Files.createTempFile(here, "base", ".conf");
    try {
      Files.writeString(bare, "include \"" + beside.getFileName() + "\"");
      Files.writeString(beside, "found = yes");
      assertThat(ConfigSource.file(bare.getFileName()).getString("found")).isEqualTo("yes");
    } finally {
      Files.delete(bare);
      Files.delete(beside);
    }
  }

  @Test
  void anIncludeThatIsNotThereIsToldWithItsLine() throws IOException {
    write("base/a.conf", "");
    Path main =
        write(
            "main.conf",
            "# include \"base/b.conf\"\nx = \"\"\"\n\"\"\"\ninclude required(file(\"base/b.conf\"))");
    assertThat(told(main))
        .isEqualTo(
            main
                + ": 1 problem\n  line 4  include \"base/b.conf\": no such file beside it or in the"
                + " working directory; did you mean "
                + folder.resolve("base/a.conf")
                + "?");
    write("base/a.conf", "\n\ninclude \"nowhere\"");
    Path over = write("over.conf", "include \"base/a.conf\"");
    assertThat(told(over))
        .startsWith(folder.resolve("base/a.conf") + ": 1 problem\n  line 3  include \"nowhere\"");
  }

  @Test
  void addressesAreRefusedByName() throws IOException {
    for (String form :
        new String[] {"url(\"http://localhost/a.conf\")", "\"http://localhost/a.conf\""}) {
      assertThat(told(write("main.conf", "\ninclude " + form)))
          .contains("line 2  include \"http://localhost/a.conf\": an address");
    }
  }

  @Test
  void includesThatRunInACircleAreTold() throws IOException {
    Path a = write("a.conf", "include \"b.conf\"");
    write("b.conf", "x = 1\ninclude \"sub/../a.conf\"");
    Files.createDirectories(folder.resolve("sub"));
    assertThat(told(a))
        .contains(
            "b.conf: 1 problem\n  line 2  include \"sub/../a.conf\": includes run in a circle: "
                + a
                + " → ");
    Path twice = write("twice.conf", "include \"c.conf\"\ninclude \"c.conf\"");
    write("c.conf", "x = 1");
    assertThat(ConfigSource.file(twice).getInt("x")).isEqualTo(1);
  }

  @Test
  void whatIsNotUtf8IsToldWithItsLine() throws IOException {
    Path file = folder.resolve("latin.conf");
    Files.write(file, "a = 1\n# größer".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(told(file))
        .isEqualTo(
            file + ": 1 problem\n  line 2  is not UTF-8 (byte 0xF6); save the file as UTF-8");
    assertThat(ConfigSource.file(write("bom.conf", "\uFEFFa = 1")).getInt("a")).isEqualTo(1);
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatNeverEndsIsNoConfig() throws IOException {
    assertThat(told(Path.of("/dev/zero"))).contains("no regular file");
    assertThat(told(write("main.conf", "x = 1\ninclude \"/dev/zero\"")))
        .contains("main.conf: 1 problem\n  line 2  include \"/dev/zero\": is no regular file");
    assertThat(told(folder)).contains("a directory");
  }

  @Test
  void whatIsNestedWithoutEndIsNoStackTrace() throws IOException {
    assertThat(told(write("deep.conf", "a = " + "[".repeat(200_000))))
        .contains("nested too deeply");
  }
}
