package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyFile;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.CodeVersion;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.WholeFile;
import dev.fusebox.picture.PictureReader;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures themselves, cut into squares of pixels from -1 to 1. They are decoded once: the
 * bytes lie in a cache file that is named by the pictures' contents and the code that decodes them.
 */
final class PatchPictures implements IndexedPictures {

  private static final Logger LOG = LoggerFactory.getLogger(PatchPictures.class);
  private static final int BATCH = 256;
  private static final String CUTTER = "dev/fusebox/questions/picture/PatchCutter";

  private final FeatureArray bytes;
  private final Map<String, Integer> rows;

  private PatchPictures(FeatureArray bytes, Map<String, Integer> rows) {
    this.bytes = bytes;
    this.rows = rows;
  }

  /**
   * Opens pictures.
   *
   * @param files by problem id
   * @param cache where decoded pictures are kept
   * @throws dev.fusebox.file.UserError if there are none, or one is no picture
   */
  static PatchPictures open(SortedMap<String, Path> files, PatchSettings settings, Path cache)
      throws IOException {
    PatchCutter cutter = new PatchCutter(settings);
    Path cached = cache.resolve("patches-" + fingerprint(files, settings) + ".npy");
    if (!isWhole(cached, cache)) {
      decode(files, cutter, cached);
      byte[] sum = Fingerprint.ofFiles(List.of(cached)).getBytes(StandardCharsets.US_ASCII);
      WholeFile.write(sum(cached), output -> output.write(sum));
    }
    List<String> ids = List.copyOf(files.keySet());
    return new PatchPictures(
        NpyFile.open(cached),
        IntStream.range(0, ids.size()).boxed().collect(Collectors.toMap(ids::get, row -> row)));
  }

  /** Decoded pictures decide bits of results as the pictures do: damaged ones are made again. */
  private static boolean isWhole(Path cached, Path cache) throws IOException {
    if (!Files.exists(cached) || !Files.exists(sum(cached))) {
      return false;
    }
    String hash = new FileHashes(cache.resolve(".hashes"), false).of(cached);
    boolean whole = Files.readString(sum(cached), StandardCharsets.ISO_8859_1).equals(hash);
    if (!whole) {
      LOG.warn("{} is damaged; the pictures are decoded again", cached);
    }
    return whole;
  }

  private static Path sum(Path cached) {
    return cached.resolveSibling(cached.getFileName() + ".sha256");
  }

  private static String fingerprint(SortedMap<String, Path> files, PatchSettings settings)
      throws IOException {
    Fingerprint fingerprint =
        new Fingerprint()
            .add(settings.picture())
            .add(settings.patch())
            .add(CodeVersion.of(PictureReader.class, List.of("dev/fusebox/picture/")))
            .add(CodeVersion.of(PatchCutter.class, List.of(CUTTER)));
    for (Map.Entry<String, Path> file : files.entrySet()) {
      fingerprint.add(file.getKey()).add(file.getValue());
    }
    return fingerprint.hex();
  }

  private static void decode(SortedMap<String, Path> files, PatchCutter cutter, Path cached)
      throws IOException {
    List<String> ids = List.copyOf(files.keySet());
    try (NpyWriter writer = NpyWriter.bytes(cached, ids.size(), cutter.patches(), cutter.width())) {
      for (int start = 0; start < ids.size(); start += BATCH) {
        List<String> batch = ids.subList(start, Math.min(ids.size(), start + BATCH));
        for (byte[] row :
            batch.parallelStream().map(id -> cutter.cut(id, files.get(id))).toList()) {
          writer.write(row);
        }
      }
    }
  }

  @Override
  public int patches() {
    return bytes.patches();
  }

  @Override
  public int width() {
    return bytes.width();
  }

  @Override
  public Optional<PictureGrid> grid() {
    return PictureGrid.square(patches());
  }

  @Override
  public List<String> questionIds() {
    return rows.keySet().stream().sorted().toList();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    Integer row = rows.get(questionId);
    if (row == null) {
      return 0;
    }
    int start = into.position();
    bytes.read(row, into);
    for (int i = start; i < into.position(); i++) {
      into.put(i, number(into.get(i)));
    }
    return patches();
  }

  /** A byte as the model sees it. */
  static float number(float value) {
    return value / 127.5f - 1;
  }
}
