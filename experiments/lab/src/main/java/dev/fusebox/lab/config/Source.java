package dev.fusebox.lab.config;

import dev.fusebox.file.UserError;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where HOCON is read from. */
sealed interface Source {

  /** More than anybody writes: a larger file is not a config. */
  int LARGEST = 64 << 20;

  /** How messages name it. */
  String name();

  /** Whether anything of this name exists, readable or not. */
  boolean exists();

  /** The source that {@code name} means when this one says it; empty if no path can be so. */
  Optional<Source> beside(String name);

  /** What two names of one source have in common. */
  Object identity();

  /**
   * The text, without a byte order mark.
   *
   * @throws UserError if it is no text file, is too large or is not UTF-8
   */
  String text();

  /** A file. */
  record OfFile(Path path) implements Source {

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public boolean exists() {
      return Files.exists(path);
    }

    @Override
    public Optional<Source> beside(String name) {
      try {
        return Optional.of(new OfFile(path.resolveSibling(name)));
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }

    @Override
    public Object identity() {
      try {
        return path.toRealPath();
      } catch (IOException e) {
        return path.toAbsolutePath().normalize();
      }
    }

    @Override
    public String text() {
      if (!Files.isRegularFile(path)) {
        String kind = Files.isDirectory(path) ? "a directory" : "no regular file";
        throw new UserError(path + ": is " + kind + "; a config is a text file");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return decoded(path.toString(), in);
      } catch (IOException e) {
        throw new UserError(path + ": cannot be read: " + e, e);
      }
    }
  }

  /** A resource on the class path. */
  record OfResource(ClassLoader loader, String resource) implements Source {

    @Override
    public String name() {
      return "classpath:" + resource;
    }

    @Override
    public boolean exists() {
      URL found = resource.isEmpty() ? null : loader.getResource(resource);
      return found != null
          && !(found.getProtocol().equals("file") && new File(found.getPath()).isDirectory());
    }

    @Override
    public Optional<Source> beside(String name) {
      String folder = resource.substring(0, resource.lastIndexOf('/') + 1);
      return Optional.of(
          new OfResource(loader, name.startsWith("/") ? name.substring(1) : folder + name));
    }

    @Override
    public Object identity() {
      return name();
    }

    @Override
    public String text() {
      try (InputStream in = loader.getResourceAsStream(resource)) {
        return decoded(name(), in);
      } catch (IOException e) {
        throw new UserError(name() + ": cannot be read: " + e, e);
      }
    }
  }

  private static String decoded(String name, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new UserError(name + ": larger than " + (LARGEST >> 20) + " MB; this is no config");
    }
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharsetDecoder utf8 =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    try {
      String text = utf8.decode(input).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UserError(notUtf8(name, bytes, input.position()), e);
    }
  }

  private static String notUtf8(String name, byte[] bytes, int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return "%s: 1 problem%n  line %d  is not UTF-8 (byte 0x%02X); save the file as UTF-8"
        .formatted(name, line, bytes[position]);
  }
}
