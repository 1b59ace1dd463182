package dev.fusebox.t5.tokenize;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code spiece.model}: pieces with their scores, and how text is normalised first. The file is a
 * protocol buffer, {@code sentencepiece_model.proto}. Of its settings those that act after training
 * are obeyed, or the file is refused by the setting's name.
 *
 * @param pieces by id
 * @param characters how text is normalised first
 * @param dummyPrefix {@code add_dummy_prefix}: a text begins as if after a space
 * @param fewestSpaces {@code remove_extra_whitespaces}: of several spaces one stays
 * @param byteFallback {@code byte_fallback}: what no piece spells is spelled in its bytes
 */
record SentencePieceModel(
    List<Piece> pieces,
    CharacterMap characters,
    boolean dummyPrefix,
    boolean fewestSpaces,
    boolean byteFallback) {

  private static final long MAXIMUM_BYTES = 64 << 20;
  private static final int LONGEST_PIECE = 128;
  private static final long MOST_CHARACTERS = 1 << 22;

  // Numbers of sentencepiece_model.proto
  private static final int MODEL_PIECE = 1;
  private static final int MODEL_TRAINER = 2;
  private static final int MODEL_NORMALIZER = 3;
  private static final int MODEL_DENORMALIZER = 5;
  private static final int PIECE_TEXT = 1;
  private static final int PIECE_SCORE = 2;
  private static final int PIECE_KIND = 3;
  private static final int TRAINER_MODEL_TYPE = 3;
  private static final int TRAINER_WHITESPACE_AS_SUFFIX = 24;
  private static final int TRAINER_BYTE_FALLBACK = 35;
  private static final int TRAINER_UNKNOWN_ID = 40;
  private static final int TRAINER_END_ID = 42;
  private static final int TRAINER_PAD_ID = 43;
  private static final int TRAINER_UNKNOWN_PIECE = 45;
  private static final int TRAINER_END_PIECE = 47;
  private static final int TRAINER_PAD_PIECE = 48;
  private static final int NORMALIZER_MAP = 2;
  private static final int NORMALIZER_DUMMY_PREFIX = 3;
  private static final int NORMALIZER_EXTRA_WHITESPACES = 4;
  private static final int NORMALIZER_ESCAPE = 5;
  private static final List<String> MODEL_TYPES = List.of("UNIGRAM", "BPE", "WORD", "CHAR");

  /** What a piece is for. */
  enum Kind {
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE
  }

  /**
   * A piece.
   *
   * @param score its log probability
   */
  record Piece(String text, float score, Kind kind) {}

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, is damaged or holds another kind of model
   */
  static SentencePieceModel read(Path file) throws IOException {
    byte[] bytes = RegularFile.bytes(file, MAXIMUM_BYTES);
    try {
      return new Reader().read(bytes);
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(
          file, "not a SentencePiece model as T5 has: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw new FileFormatException(file, "not a SentencePiece model, or a damaged one", e);
    }
  }

  private static final class Reader {

    private final List<Piece> pieces = new ArrayList<>();
    private CharacterMap characters = new CharacterMap(new byte[0]);
    private boolean dummyPrefix = true;
    private boolean fewestSpaces = true;
    private boolean byteFallback;
    private long lengths;
    private String text;
    private float score;
    private Kind kind;

    SentencePieceModel read(byte[] file) {
      ProtobufMessage.forEach(bytes(file), this::model);
      if (pieces.isEmpty()) {
        throw new IllegalArgumentException("it has no pieces");
      }
      return new SentencePieceModel(
          List.copyOf(pieces), characters, dummyPrefix, fewestSpaces, byteFallback);
    }

    private void model(int number, ProtobufMessage.Field field) {
      switch (number) {
        case MODEL_PIECE -> addPiece(field);
        case MODEL_TRAINER -> ProtobufMessage.forEach(field.bytes(), this::trainer);
        case MODEL_NORMALIZER -> ProtobufMessage.forEach(field.bytes(), this::normalizer);
        case MODEL_DENORMALIZER -> ProtobufMessage.forEach(field.bytes(), Reader::denormalizer);
        default -> {}
      }
    }

    private void addPiece(ProtobufMessage.Field field) {
      text = "";
      score = 0;
      kind = Kind.NORMAL;
      ProtobufMessage.forEach(field.bytes(), this::piece);
      lengths += text.length();
      if (text.isEmpty() || text.length() > LONGEST_PIECE || lengths > MOST_CHARACTERS) {
        throw new IllegalArgumentException(
            "piece %d has %d characters; from 1 to %d are read, and %d of all pieces"
                .formatted(pieces.size(), text.length(), LONGEST_PIECE, MOST_CHARACTERS));
      }
      if (!Float.isFinite(score)) {
        throw new IllegalArgumentException(
            "the score of piece " + pieces.size() + " must be finite, found " + score);
      }
      pieces.add(new Piece(text, score, kind));
    }

    private void piece(int number, ProtobufMessage.Field field) {
      switch (number) {
        case PIECE_TEXT -> text = text(field);
        case PIECE_SCORE -> score = Float.intBitsToFloat((int) field.number());
        case PIECE_KIND -> kind = kind(field.number());
        default -> {}
      }
    }

    private Kind kind(long number) {
      Kind found =
          switch ((int) number) {
            case 1 -> Kind.NORMAL;
            case 2 -> Kind.UNKNOWN;
            case 3 -> Kind.CONTROL;
            case 4 -> Kind.USER_DEFINED;
            case 5 -> Kind.UNUSED;
            case 6 -> Kind.BYTE;
            default ->
                throw new IllegalArgumentException(
                    "the type of piece " + pieces.size() + " must be from 1 to 6, found " + number);
          };
      if (found == Kind.USER_DEFINED) {
        throw new IllegalArgumentException(
            "user_defined_symbols are not read, found '"
                + text
                + "' (piece "
                + pieces.size()
                + ")");
      }
      return found;
    }

    private void trainer(int number, ProtobufMessage.Field field) {
      switch (number) {
        case TRAINER_MODEL_TYPE -> {
          if (field.number() != 1) {
            throw new IllegalArgumentException(
                "model_type must be UNIGRAM, found " + modelType(field.number()));
          }
        }
        case TRAINER_WHITESPACE_AS_SUFFIX ->
            require("treat_whitespace_as_suffix", field.number(), false);
        case TRAINER_BYTE_FALLBACK -> byteFallback = field.number() != 0;
        case TRAINER_UNKNOWN_ID -> requireId("unk_id", field, Tokenizer.UNKNOWN);
        case TRAINER_END_ID -> requireId("eos_id", field, Tokenizer.END);
        case TRAINER_PAD_ID -> requireId("pad_id", field, Tokenizer.PAD);
        case TRAINER_UNKNOWN_PIECE -> requirePiece("unk_piece", field, Tokenizer.UNKNOWN);
        case TRAINER_END_PIECE -> requirePiece("eos_piece", field, Tokenizer.END);
        case TRAINER_PAD_PIECE -> requirePiece("pad_piece", field, Tokenizer.PAD);
        // How it was trained; the start, which no text of a T5 gets; and how SentencePiece would
        // write unknown text (unk_surface), which no text shows: special tokens are left out.
        default -> {}
      }
    }

    private static void requireId(String key, ProtobufMessage.Field found, int allowed) {
      if ((int) found.number() != allowed) {
        throw new IllegalArgumentException(
            key + " must be " + allowed + ", found " + (int) found.number());
      }
    }

    private static void requirePiece(String key, ProtobufMessage.Field found, int id) {
      String text = text(found);
      String allowed = Vocabulary.FIRST.get(id);
      if (!text.equals(allowed)) {
        throw new IllegalArgumentException(
            "%s must be '%s', found '%s'".formatted(key, allowed, shortened(text)));
      }
    }

    private static String shortened(String text) {
      return text.length() <= LONGEST_PIECE ? text : text.substring(0, LONGEST_PIECE) + "…";
    }

    private static String text(ProtobufMessage.Field field) {
      return StandardCharsets.UTF_8.decode(field.bytes()).toString();
    }

    private static String modelType(long number) {
      return number >= 1 && number <= MODEL_TYPES.size()
          ? MODEL_TYPES.get((int) number - 1)
          : String.valueOf(number);
    }

    private void normalizer(int number, ProtobufMessage.Field field) {
      switch (number) {
        case NORMALIZER_MAP -> characters = new CharacterMap(content(field));
        case NORMALIZER_DUMMY_PREFIX -> dummyPrefix = field.number() != 0;
        case NORMALIZER_EXTRA_WHITESPACES -> fewestSpaces = field.number() != 0;
        case NORMALIZER_ESCAPE -> require("escape_whitespaces", field.number(), true);
        default -> {} // its name, and the rules the map was made from
      }
    }

    private static void denormalizer(int number, ProtobufMessage.Field field) {
      if (number == NORMALIZER_MAP && field.bytes().hasRemaining()) {
        throw new IllegalArgumentException(
            "denormalizer_spec must have no precompiled_charsmap, found one of "
                + field.bytes().remaining()
                + " bytes");
      }
    }

    private static void require(String flag, long found, boolean allowed) {
      if ((found != 0) != allowed) {
        throw new IllegalArgumentException(flag + " must be " + allowed + ", found " + !allowed);
      }
    }

    private static byte[] content(ProtobufMessage.Field field) {
      byte[] content = new byte[field.bytes().remaining()];
      field.bytes().get(content);
      return content;
    }

    private static ByteBuffer bytes(byte[] file) {
      return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
