package dev.fusebox.training.work;

import dev.fusebox.file.CodeVersion;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.t5.tokenize.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts are tokenised once. The tokens lie in a file that is named by the hash of what they are
 * made from: the texts themselves, the limits, the tokenizer's file and its code. So they are found
 * by other runs and processes, and never by mistake. Safe for threads.
 */
final class TokenCache {

  private static final Logger LOG = LoggerFactory.getLogger(TokenCache.class);

  private final Path folder;
  private final Map<Path, String> tokenizers = new ConcurrentHashMap<>();
  private final Map<String, Object> turns = new ConcurrentHashMap<>();
  private final String code =
      CodeVersion.of(Tokenizer.class, List.of("dev/fusebox/t5/tokenize/"))
          + CodeVersion.of(TokenCache.class, List.of("dev/fusebox/training/work/Token"));

  /** A cache in {@code folder}, which need not be there yet. */
  TokenCache(Path folder) {
    this.folder = folder;
  }

  /**
   * The tokens of texts: stored ones, or made now. Whoever asks for the same texts meanwhile waits.
   *
   * @param file of the tokenizer
   */
  Tokenised tokens(StageTexts texts, Path file, Tokenizer tokenizer) throws IOException {
    String key = key(texts, file);
    synchronized (turns.computeIfAbsent(key, any -> new Object())) {
      Path stored = folder.resolve("tokens-" + key + ".bin");
      Optional<Tokenised> found = TokenFile.read(stored, texts);
      if (found.isPresent()) {
        return found.get().placed(texts, tokenizer);
      }
      if (Files.exists(stored)) {
        LOG.warn("{} is damaged; its tokens are made again", stored);
      }
      Tokenised made = Tokenised.of(texts, tokenizer);
      TokenFile.write(stored, made);
      return made;
    }
  }

  private String key(StageTexts texts, Path file) throws IOException {
    String known = tokenizers.get(file);
    if (known == null) {
      known = new Fingerprint().add(file).hex();
      tokenizers.put(file, known);
    }
    Fingerprint fingerprint = new Fingerprint().add(code).add(known);
    texts.addTo(fingerprint);
    return fingerprint.hex().substring(0, 32);
  }
}
