package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** As HOCON does: a name without its ending is all files of that name, .conf over the others. */
  @Test
  void anEndingMayBeLeftOut() throws IOException {
    write("base.conf", "a = conf");
    write("base.json", "{\"a\": \"json\", \"b\": \"json\"}");
    write("base.properties", "a = properties\nb = properties\nc = properties");
    Config config = ConfigSource.file(write("main.conf", "include \"base\""));
    assertThat(config.getString("a")).isEqualTo("conf");
    assertThat(config.getString("b")).isEqualTo("json");
    assertThat(config.getString("c")).isEqualTo("properties");
  }

  @Test
  void aFileOfAnotherFormatIsReadAsThat() throws IOException {
    assertThat(told(write("base.json", "{a = 1}"))).contains("base.json: 1 problem\n  line 1");
    assertThat(ConfigSource.file(write("x.properties", "a.b = {")).getString("a.b")).isEqualTo("{");
  }

  @Test
  void whatIsNotOnTheClassPathIsTold() throws IOException {
    assertThat(told(write("main.conf", "include classpath(\"included/b.conf\")")))
        .endsWith("line 1  include \"included/b.conf\": no such file on the class path");
    assertThat(told(write("main.conf", "include \"nowhere\"")))
        .endsWith("line 1  include \"nowhere\": no such file beside it; there are main.conf");
    assertThat(told(write("main.conf", "include url(\"file:///etc/hosts\")")))
        .contains("an address; only files and the class path are included");
  }

  @Test
  void aFolderIsNoResourceEither() throws IOException {
    assertThat(told(write("main.conf", "include classpath(\"included\")")))
        .contains("no such file on the class path");
  }

  @Test
  void aNeighbourIsNamedOrAllThatThereAre() throws IOException {
    Path wanted = folder.resolve("quickstart.conf");
    assertThat(told(wanted)).isEqualTo(wanted + ": no such file");
    write("a-file.conf", "");
    write("b-file.conf", "");
    write("quickstart.txt", "");
    assertThat(told(wanted))
        .isEqualTo(wanted + ": no such file; there are a-file.conf, b-file.conf");
    Path near = write("quikstart.conf", "");
    assertThat(told(wanted)).isEqualTo(wanted + ": no such file; did you mean " + near + "?");
    Path nowhere = folder.resolve("none/x.conf");
    assertThat(told(nowhere))
        .isEqualTo(
            nowhere
                + ": no such file; the directory "
                + folder.resolve("none")
                + " cannot be read");
  }

  private static Config over(String... arguments) {
    return ConfigSource.overrides(List.of(arguments));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=b | b",
        "a=b c | b c",
        "a=b=c | b=c",
        "a= | ''",
        "a=http://localhost:5000 | http://localhost:5000",
        "a=x#y | x#y",
        "a=\"x # y\" | x # y",
        "a=} | }",
        "a=${b | ${b",
        "a=C:\\data | C:\\data"
      })
  void aValueOfTheCommandLineIsHoconOrPlainText(String argument, String value) {
    assertThat(over(argument).getString("a")).isEqualTo(value);
    assertThat(over(argument).getValue("a").origin().description())
        .startsWith(ConfigSource.COMMAND_LINE);
  }

  @Test
  void aLaterOverrideIsOverAnEarlierOne() {
    Config config = over("a.b=1", "a.c=[1, 2]", "a.b=2", "\"d.e\"={ f = 3 }");
    assertThat(config.getInt("a.b")).isEqualTo(2);
    assertThat(config.getIntList("a.c")).containsExactly(1, 2);
    assertThat(config.getInt("\"d.e\".f")).isEqualTo(3);
    assertThat(over().isEmpty()).isTrue();
  }

  @Test
  void whatIsNoOverrideIsTold() {
    for (String argument : List.of("a", "=1", "")) {
      assertThatThrownBy(() -> over(argument))
          .isInstanceOf(UserError.class)
          .hasMessage(
              argument
                  + ": expected key=value, such as training.epochs=3. fusebox describe lists keys.");
    }
    assertThatThrownBy(() -> over("a..b=1"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("command line: a..b is no key: names with dots between them");
  }

  @Test
  void layersAreLookedUpTogether() {
    Config upper = ConfigFactory.parseString("a = ${b} x, c = 1");
    Config lower = ConfigFactory.parseString("b = 2, c = 3");
    Config whole = ConfigSource.resolve("mine.conf", upper, lower);
    assertThat(whole.getString("a")).isEqualTo("2 x");
    assertThat(whole.getInt("c")).isEqualTo(1);
    assertThatThrownBy(() -> ConfigSource.resolve("mine.conf", upper))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("String: 1 problem\n  line 1  Could not resolve substitution")
        .hasMessageEndingWith("${b}");
    assertThatThrownBy(
            () ->
                ConfigSource.resolve("mine.conf", ConfigFactory.parseString("a = ${b}, b = ${a}")))
        .isInstanceOf(UserError.class);
  }

  @Test
  void defaultsAreThere() {
    assertThat(ConfigSource.defaults(getClass().getClassLoader()).hasPath("defaults.training"))
        .isTrue();
  }

  @Test
  void aResourceIsNamedAndFoundByItsWay() {
    ClassLoader loader = getClass().getClassLoader();
    Source ground = new Source.OfResource(loader, "");
    assertThat(ground.exists()).isFalse();
    Source found = ground.beside("included/a.conf").orElseThrow();
    assertThat(found.exists()).isTrue();
    assertThat(found.name()).isEqualTo("classpath:included/a.conf");
    assertThat(found.identity()).isEqualTo(found.name());
    assertThat(found.text()).isEqualTo("found = yes\n");
    assertThat(found.beside("b.conf").orElseThrow().name()).isEqualTo("classpath:included/b.conf");
    assertThat(found.beside("b.conf").orElseThrow().exists()).isFalse();
    assertThat(found.beside("/b.conf").orElseThrow().name()).isEqualTo("classpath:b.conf");
    assertThat(ground.beside("included").orElseThrow().exists()).as("a folder").isFalse();
  }

  @Test
  void aFileIsKnownUnderAllItsNames() throws IOException {
    Path file = write("a.conf", "x = 1");
    Source source = new Source.OfFile(file);
    Source other = new Source.OfFile(folder.resolve("b/../a.conf"));
    Files.createDirectories(folder.resolve("b"));
    assertThat(source.identity()).isEqualTo(other.identity());
    assertThat(new Source.OfFile(folder.resolve("c.conf")).identity())
        .as("one that is not there")
        .isEqualTo(new Source.OfFile(folder.resolve("b/../c.conf")).identity())
        .isNotEqualTo(source.identity())
        .isNotEqualTo(new Source.OfFile(folder.resolve("d.conf")).identity());
    assertThat(source.beside("b\u0000")).as("no path can be so").isEmpty();
    assertThat(source.beside("b.conf")).contains(new Source.OfFile(folder.resolve("b.conf")));
  }
}
