package dev.fusebox.lab.store;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What made a result: program, libraries, machine. */
public final class Provenance {

  private Provenance() {}

  /** Versions and state of the source tree, as built; platform, as running. */
  public static ObjectNode current() {
    Properties git = properties("/git.properties");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("fusebox", git.getProperty("git.build.version", "unknown"));
    node.put("commit", git.getProperty("git.commit.id", "unknown"));
    node.put("dirty", Boolean.parseBoolean(git.getProperty("git.dirty", "true")));
    node.put("djl", Engine.getDjlVersion());
    node.put("jvm", System.getProperty("java.vm.name") + " " + Runtime.version());
    node.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    node.put("cores", Runtime.getRuntime().availableProcessors());
    return node;
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
