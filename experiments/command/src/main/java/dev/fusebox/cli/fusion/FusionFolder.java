package dev.fusebox.cli.fusion;

import dev.fusebox.file.UserError;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** The folder of a new fusion: complete, compiling, tested, and part of the build. */
public final class FusionFolder {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>fusebox</artifactId>\\s*<version>([^<]+)</version>");
  private static final String MODULE_AFTER = "    <module>experiments</module>\n";
  private static final String DEPENDENCY_AFTER = "<!-- Found by ServiceLoader only";

  private final Path root;
  private final String name;
  private final String title; // Film

  /**
   * The folder {@code fusion-name} below {@code root}.
   *
   * @throws UserError if the name is not one, or taken
   */
  public FusionFolder(Path root, String name, FusionCatalogue known) {
    this.root = root;
    this.name = name;
    if (!NAME.matcher(name).matches() || SourceVersion.isKeyword(name)) {
      throw new UserError(
          "new-fusion "
              + name
              + ": a name is a Java package's: lower-case letters and digits, a letter first");
    }
    this.title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    if (known.names().contains(name)) {
      throw new UserError("new-fusion " + name + ": there is a fusion of that name already");
    }
    if (Files.exists(folder())) {
      throw new UserError("new-fusion " + name + ": " + folder() + " exists already");
    }
  }

  /** Where it is. */
  public Path folder() {
    return root.resolve("fusion-" + name);
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
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path target = folder().resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, template(file.getValue()).replace("@version@", version));
    }
    Files.writeString(build, withModule);
    Files.writeString(experiments, withDependency);
  }

  private Map<String, String> files() {
    String main = "src/main/java/dev/fusebox/fusion/" + name + "/";
    String test = "src/test/java/dev/fusebox/fusion/" + name + "/";
    String resources = "src/main/resources/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put(main + "package-info.java", "package-info.java");
    files.put(main + title + "Fusion.java", "Fusion.java");
    files.put(main + title + "FusionConfig.java", "Config.java");
    files.put(main + title + "FusionProvider.java", "Provider.java");
    files.put(main + title + "Script.java", "Script.java");
    files.put(resources + "META-INF/services/dev.fusebox.fusion.FusionProvider", "services");
    files.put(resources + "dev/fusebox/fusion/" + name + "/" + name + ".py", "script.py");
    files.put(resources + "reference.conf", "reference.conf");
    files.put(test + title + "FusionTest.java", "FusionTest.java");
    files.put(test + title + "ScriptTest.java", "ScriptTest.java");
    return files;
  }

  private String template(String resource) throws IOException {
    try (InputStream stream = FusionFolder.class.getResourceAsStream("template/" + resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@name@", name)
          .replace("@Name@", title);
    }
  }

  private static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new UserError(
          "new-fusion: no " + file + "; run it in Fusebox's own folder, or name that by --root");
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
