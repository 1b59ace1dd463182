package dev.fusebox.t5.tokenize;

import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A {@code spiece.model} alone, with the hundred sentinels that T5 adds behind its pieces, the last
 * first. The ids are those of the {@code tokenizer.json} that Hugging Face derives from it.
 */
public final class SentencePieceTokenizer implements Tokenizer {

  private static final int SENTINELS = 100;
  private static final Pattern SPECIAL =
      Pattern.compile("<pad>|</s>|<unk>|<extra_id_(?:0|[1-9][0-9]?)>");
  private static final Pattern SPACES = Pattern.compile(" {2,}");
  private static final Pattern WORD = Pattern.compile("▁[^▁]*|[^▁]+");

  private final Vocabulary vocabulary;
  private final SentencePieceModel model;
  private final boolean wordByWord;
  private final Unigram unigram;

  private SentencePieceTokenizer(SentencePieceModel model, Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    this.model = model;
    this.unigram = new Unigram(model);
    // Hugging Face cuts at spaces first; a piece that crosses one would be lost.
    wordByWord =
        model.pieces().stream().noneMatch(each -> each.text().indexOf(Vocabulary.SPACE, 1) >= 0);
  }

  /**
   * Opens a {@code spiece.model}.
   *
   * @throws IOException naming the file, if it cannot be read or is not a model as T5 has
   */
  public static SentencePieceTokenizer open(Path file) throws IOException {
    SentencePieceModel model = SentencePieceModel.read(file);
    List<String> tokens = new ArrayList<>();
    model.pieces().forEach(piece -> tokens.add(piece.text()));
    for (int number = SENTINELS - 1; number >= 0; number--) {
      tokens.add(Vocabulary.sentinel(number));
    }
    try {
      return new SentencePieceTokenizer(model, new Vocabulary(tokens));
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(file, e.getMessage(), e);
    }
  }

  @Override
  public int[] encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    Matcher special = SPECIAL.matcher(text);
    int from = 0;
    while (special.find()) {
      encode(text.substring(from, special.start()), ids);
      ids.add(vocabulary.id(special.group()));
      from = special.end();
    }
    encode(text.substring(from), ids);
    return ids.add(END).build().toArray();
  }

  private void encode(String part, IntStream.Builder ids) {
    String normal = model.characters().apply(part);
    if (model.fewestSpaces()) {
      normal = SPACES.matcher(normal).replaceAll(" ");
    }
    if (model.fewestSpaces() && !model.dummyPrefix()) {
      normal = normal.startsWith(" ") ? normal.substring(1) : normal;
    }
    if (normal.isEmpty()) {
      return;
    }
    String marked = normal.replace(' ', Vocabulary.SPACE);
    boolean after = marked.charAt(0) == Vocabulary.SPACE && model.fewestSpaces();
    if (model.dummyPrefix() && !after) {
      marked = Vocabulary.SPACE + marked;
    }
    if (!wordByWord) {
      unigram.cut(marked, ids::add);
      return;
    }
    Matcher words = WORD.matcher(marked);
    while (words.find()) {
      unigram.cut(words.group(), ids::add);
    }
  }

  @Override
  public String decode(int... ids) {
    return CleanUp.of(text(ids, false));
  }

  @Override
  public String decodeRaw(int... ids) {
    return text(ids, true);
  }

  private String text(int[] ids, boolean withSpecial) {
    return model.dummyPrefix()
        ? vocabulary.text(ids, withSpecial)
        : vocabulary.textAsItIs(ids, withSpecial);
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public String token(int id) {
    return vocabulary.token(id);
  }

  @Override
  public int sentinel(int number) {
    return vocabulary.sentinelId(number);
  }
}
