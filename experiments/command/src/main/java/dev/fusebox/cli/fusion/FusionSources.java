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
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/** What a new fusion consists of, but for its build: complete, compiling, tested. */
final class FusionSources {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*");

  private final String name;
  private final String title; // Film
  private final Path folder;

  /**
   * Sources for {@code folder}, which is not there yet.
   *
   * @throws UserError if the name is not one, or taken
   */
  FusionSources(String name, Path folder, FusionCatalogue known) {
    this.name = name;
    this.folder = folder;
    if (!NAME.matcher(name).matches() || SourceVersion.isKeyword(name)) {
      throw new UserError(
          "new-fusion "
              + name
              + ": a name is a Java package's: lower-case letters and digits, a letter first");
    }
    this.title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    if (known.names().contains(name)) {
      throw new UserError("new-fusion " + name + ": a fusion of that name already exists");
    }
    if (Files.exists(folder)) {
      throw new UserError("new-fusion " + name + ": " + folder + " exists already");
    }
  }

  /** Where they go. */
  Path folder() {
    return folder;
  }

  /**
   * Writes them.
   *
   * @param version of Fusebox, for the build
   * @param build the files of the build: path to template
   */
  void write(String version, Map<String, String> build) throws IOException {
    Map<String, String> files = new LinkedHashMap<>(build);
    files.putAll(java());
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.writeString(target, template(file.getValue()).replace("@version@", version));
    }
  }

  private Map<String, String> java() {
    String main = "src/main/java/dev/fusebox/fusion/" + name + "/";
    String test = "src/test/java/dev/fusebox/fusion/" + name + "/";
    String resources = "src/main/resources/";
    Map<String, String> files = new LinkedHashMap<>();
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
    try (InputStream stream = FusionSources.class.getResourceAsStream("template/" + resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .replace("@name@", name)
          .replace("@Name@", title);
    }
  }
}
