package dev.fusebox.cli.fusion;

import dev.fusebox.file.UserError;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folder of a new fusion, as part of Fusebox's build. */
public final class FusionFolder {

  private static final Pattern VERSION =
      Pattern.compile("<artifactId>fusebox</artifactId>\\s*<version>([^<]+)</version>");
  private static final String MODULE_AFTER = "    <module>experiments</module>\n";
  private static final String DEPENDENCY_AFTER = "<!-- Found by ServiceLoader only";

  private final Path root;
  private final String name;
  private final FusionSources sources;

  /**
   * The folder {@code fusion-name} below {@code root}.
   *
   * @throws UserError if the name is not one, or taken
   */
  public FusionFolder(Path root, String name, FusionCatalogue known) {
    this.root = root;
    this.name = name;
    sources = new FusionSources(name, root.resolve("fusion-" + name), known);
  }

  /** Where it is. */
  public Path folder() {
    return sources.folder();
  }

  /**
   * Writes it, and adds it to the build: one line in the root's {@code pom.xml}, one in that of
   * {@code experiments/command}.
   *
   * @throws UserError if {@code root} is not that of the project
   */
  public void write() throws IOException {
    Path build = root.resolve("pom.xml");
    Path experiments = root.resolve("experiments/command/pom.xml");
    String buildText = read(build);
    String experimentsText = read(experiments);
    String version = version(build, buildText);
    String withModule = before(build, buildText, MODULE_AFTER, "    <module>fusion-" + name);
    String withDependency = withDependency(experiments, experimentsText);
    sources.write(version, Map.of("pom.xml", "pom.xml"));
    Files.writeString(build, withModule);
    Files.writeString(experiments, withDependency);
  }

  private static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new UserError(
          "new-fusion: no "
              + file
              + "; run it in Fusebox's own folder, give that with --root, or create a separate project with --standalone DIR");
    }
    return Files.readString(file);
  }

  private static String version(Path file, String text) {
    Matcher found = VERSION.matcher(text);
    if (!found.find()) {
      throw new UserError("new-fusion: " + file + " is not the pom.xml of Fusebox");
    }
    return found.group(1);
  }

  private static String before(Path file, String text, String place, String line) {
    if (!text.contains(place)) {
      throw new UserError("new-fusion: " + file + " holds no line " + place.strip());
    }
    return text.replace(place, line + "</module>\n" + place);
  }

  private String withDependency(Path file, String text) {
    int comment = text.indexOf(DEPENDENCY_AFTER);
    if (comment < 0) {
      throw new UserError(
          "new-fusion: " + file + " holds no line " + DEPENDENCY_AFTER + " ... -->");
    }
    int end = text.indexOf('\n', comment) + 1;
    String line =
        "    <dependency><groupId>dev.fusebox</groupId><artifactId>fusion-"
            + name
            + "</artifactId><version>${project.version}</version><scope>runtime</scope>"
            + "</dependency>\n";
    return text.substring(0, end) + line + text.substring(end);
  }
}
