package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.CodeVersion;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.picture.Picture;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures as bytes. They are decoded once: the bytes lie in a cache file, named by the pictures'
 * contents and the code that decodes them, and are read where they lie.
 *
 * @param bytes a row for each picture
 * @param rows the name of a picture → its row
 */
record DecodedPictures(FeatureArray bytes, Map<String, Integer> rows) {

  private static final int BATCH = 256;

  /** How a picture becomes a row of bytes. */
  interface Cutting {

    /** What the cache file is called after. */
    String kind();

    /** P: vectors of a row. */
    int patches();

    /** V: bytes of a vector. */
    int width();

    /** What is done with transparent places. */
    Transparency transparency();

    /** P × V bytes. Safe for threads. */
    byte[] cut(Picture picture);

    /** Adds everything that decides the bytes, its code included. */
    void addTo(Fingerprint fingerprint);
  }

  /**
   * Opens pictures.
   *
   * @param files by name
   * @param cache where decoded pictures are kept
   * @throws UserError if one is no picture
   */
  static DecodedPictures open(SortedMap<String, Path> files, Cutting cutting, Path cache)
      throws IOException {
    Path cached = cache.resolve(cutting.kind() + "-" + fingerprint(files, cutting) + ".npy");
    FeatureArray bytes = KeptArray.open(cached, cache, () -> decode(files, cutting, cached));
    List<String> names = List.copyOf(files.keySet());
    return new DecodedPictures(
        bytes,
        IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, row -> row)));
  }

  private static String fingerprint(SortedMap<String, Path> files, Cutting cutting)
      throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    cutting.addTo(fingerprint);
    fingerprint.add(CodeVersion.of(PictureReader.class, List.of("dev/fusebox/picture/")));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      fingerprint.add(file.getKey()).add(file.getValue());
    }
    return fingerprint.hex();
  }

  private static void decode(SortedMap<String, Path> files, Cutting cutting, Path cached)
      throws IOException {
    List<String> names = List.copyOf(files.keySet());
    try (NpyWriter writer =
        NpyWriter.bytes(cached, names.size(), cutting.patches(), cutting.width())) {
      for (int start = 0; start < names.size(); start += BATCH) {
        List<String> batch = names.subList(start, Math.min(names.size(), start + BATCH));
        for (byte[] row :
            batch.parallelStream().map(name -> cut(name, files.get(name), cutting)).toList()) {
          writer.write(row);
        }
      }
    }
  }

  private static byte[] cut(String name, Path file, Cutting cutting) {
    try {
      return cutting.cut(PictureReader.read(file, cutting.transparency()));
    } catch (IOException e) {
      throw new UserError("%s (the picture of problem %s)".formatted(e.getMessage(), name), e);
    }
  }

  /** The names, sorted. */
  List<String> names() {
    return rows.keySet().stream().sorted().toList();
  }

  /** Writes the bytes of a picture as numbers from 0 to 255; says whether there is one. */
  boolean read(String name, FloatBuffer into) {
    Integer row = rows.get(name);
    if (row != null) {
      bytes.read(row, into);
    }
    return row != null;
  }
}
