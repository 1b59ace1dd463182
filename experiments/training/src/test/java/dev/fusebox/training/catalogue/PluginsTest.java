package dev.fusebox.training.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fusebox.file.UserError;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginsTest {

  /** A provider that is called what a test says. */
  record Named(String name) implements FusionProvider<Named.Settings> {
    record Settings() {}

    @Override
    public FusionCard card() {
      return new FusionCard("summary", "source");
    }

    @Override
    public Class<Settings> configType() {
      return Settings.class;
    }

    @Override
    public Fusion create(Settings config, FusionContext context) {
      return Fusion.NONE;
    }
  }

  @TempDir Path folder;

  private String told(Path jar) {
    Throwable error = catchThrowable(() -> FusionCatalogue.of(Plugins.loader(List.of(jar))));
    assertThat(error).isInstanceOf(UserError.class);
    return error.getMessage();
  }

  private Path jar(String name, String... entries) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (int i = 0; i < entries.length; i += 2) {
        out.putNextEntry(new JarEntry(entries[i]));
        out.write(entries[i + 1].getBytes(StandardCharsets.ISO_8859_1));
      }
      out.putNextEntry(new JarEntry("readme.txt"));
    }
    return jar;
  }

  @Test
  void whatIsNoJarIsToldByItsName() throws IOException {
    assertThat(told(folder.resolve("no.jar"))).contains("no.jar: no such file");
    assertThat(told(Files.createFile(folder.resolve("empty.jar"))))
        .contains("empty.jar: not a readable jar");
    assertThat(told(Files.writeString(folder.resolve("text.jar"), "PK no jar")))
        .contains("text.jar: not a readable jar");
    assertThat(told(jar("other.jar")))
        .endsWith(
            "other.jar: holds no fusion and no backbone: one of META-INF/services/dev.fusebox.fusion.FusionProvider, META-INF/services/dev.fusebox.vision.VisionBackboneProvider must be in it");
  }

  @Test
  void aClassThatIsNotThereIsOneMessage() throws IOException {
    Path jar = jar("gone.jar", "META-INF/services/dev.fusebox.fusion.FusionProvider", "x.Gone\n");
    assertThat(told(jar))
        .startsWith("a fusion or backbone cannot be loaded")
        .contains("x.Gone not found");
  }

  @Test
  void aJarMayHoldABackboneAlone() throws IOException {
    Path jar =
        jar("gone.jar", "META-INF/services/dev.fusebox.vision.VisionBackboneProvider", "x.Gone\n");
    ClassLoader loader = Plugins.loader(List.of(jar));
    assertThat(FusionCatalogue.of(loader).names()).contains("none");
    assertThatThrownBy(() -> Plugins.backbones(loader))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("a fusion or backbone cannot be loaded")
        .hasMessageContaining("x.Gone not found");
  }

  @Test
  void aClassOfANewerJavaIsToldByItsVersion() throws IOException {
    String name = Named.class.getName().replace('.', '/') + ".class";
    byte[] bytes;
    try (InputStream in = Named.class.getClassLoader().getResourceAsStream(name)) {
      bytes = in.readAllBytes();
    }
    bytes[6] = 0;
    bytes[7] = 99; // Java 55
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // Another name than that of the class on the class path: its version is read first.
    Path jar =
        jar(
            "newer.jar",
            "META-INF/services/dev.fusebox.fusion.FusionProvider",
            "x.Newer\n",
            "x/Newer.class",
            text);
    assertThat(told(jar))
        .contains("is compiled for Java 55; this is Java " + Runtime.version().feature());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Has Blank/../x", "", "..", "a/b", " a", "a\nb", "-x"})
  void aNameThatNoFileCanHaveIsRefused(String name) {
    assertThatThrownBy(() -> new FusionCatalogue(List.of(new Named(name))))
        .isInstanceOf(UserError.class)
        .hasMessage(
            Named.class.getName()
                + " calls its fusion '"
                + name
                + "'; a name is letters, digits, and _ . - between them");
  }

  @Test
  void aNameThatIsTakenIsTold() {
    assertThat(new FusionCatalogue(List.of(new Named("mist"))).names()).contains("mist", "none");
    String type = Named.class.getName();
    assertThatThrownBy(() -> new FusionCatalogue(List.of(new Named("mist"), new Named("mist"))))
        .hasMessage(
            "Fusion 'mist' is provided twice: "
                + type
                + " and "
                + type
                + ". Remove one from the class path.");
    assertThatThrownBy(() -> new FusionCatalogue(List.of(new Named("none"))))
        .hasMessage(
            "Fusion 'none' is provided twice: built in and "
                + type
                + ". Remove one from the class path.");
  }
}
