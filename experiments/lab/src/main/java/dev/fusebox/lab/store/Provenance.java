package dev.fusebox.lab.store;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What put a result together: program, libraries, machine. Where its stages were computed is in
 * their own records, as {@link ComputedOn}.
 *
 * @param fusebox its version
 * @param commit of the source tree, as built
 * @param dirty whether that tree had changes
 * @param djl version of the engine's face
 * @param jvm name and version
 * @param os name and processor
 * @param cores of the machine
 */
public record Provenance(
    String fusebox, String commit, boolean dirty, String djl, String jvm, String os, int cores) {

  private static final String UNKNOWN = "unknown";

  /** Versions and state of the source tree, as built; platform, as running. */
  public static Provenance current() {
    Properties git = properties("/git.properties");
    return new Provenance(
        git.getProperty("git.build.version", UNKNOWN),
        git.getProperty("git.commit.id", UNKNOWN),
        Boolean.parseBoolean(git.getProperty("git.dirty", "true")),
        Engine.getDjlVersion(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
  }

  /** The commit, for people. */
  public String commitInWords() {
    return commit + (dirty ? " with changes" : "");
  }

  /** All of it by name. */
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("fusebox", fusebox);
    facts.put("commit", commit);
    facts.put("dirty", Boolean.toString(dirty));
    facts.put("djl", djl);
    facts.put("jvm", jvm);
    facts.put("os", os);
    facts.put("cores", Integer.toString(cores));
    return facts;
  }

  private static Properties properties(String resource) {
    Properties properties = new Properties();
    try (InputStream stream = Provenance.class.getResourceAsStream(resource)) {
      if (stream != null) {
        properties.load(stream);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
