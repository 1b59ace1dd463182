package dev.fusebox.t5.tokenize;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code spiece.model}: pieces with their scores, and how text is normalised first. The file is a
 * protocol buffer, of which only these parts are read.
 *
 * @param pieces by id
 * @param scores log probabilities, by id
 * @param characters how text is normalised first
 */
record SentencePieceModel(List<String> pieces, List<Float> scores, CharacterMap characters) {

  // Numbers of sentencepiece_model.proto
  private static final int PIECE = 1;
  private static final int TRAINER = 2;
  private static final int NORMALIZER = 3;
  private static final int PIECE_TEXT = 1;
  private static final int PIECE_SCORE = 2;
  private static final int TRAINER_MODEL_TYPE = 3;
  private static final int NORMALIZER_MAP = 2;
  private static final long UNIGRAM = 1;

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, is damaged or holds another kind of model
   */
  static SentencePieceModel read(Path file) throws IOException {
    try {
      return new Reader().read(Files.readAllBytes(file));
    } catch (RuntimeException e) {
      throw new IOException(file + ": not a SentencePiece model as T5 has: " + e.getMessage(), e);
    }
  }

  private static final class Reader {

    private final List<String> pieces = new ArrayList<>();
    private final List<Float> scores = new ArrayList<>();
    private CharacterMap characters = new CharacterMap(new byte[0]);

    SentencePieceModel read(byte[] file) {
      Message.forEach(bytes(file), this::model);
      if (pieces.isEmpty()) {
        throw new IllegalArgumentException("it has no pieces");
      }
      return new SentencePieceModel(pieces, scores, characters);
    }

    private void model(int number, Message.Field field) {
      switch (number) {
        case PIECE -> {
          scores.add(0f);
          Message.forEach(field.bytes(), this::piece);
        }
        case TRAINER -> Message.forEach(field.bytes(), Reader::trainer);
        case NORMALIZER -> Message.forEach(field.bytes(), this::normalizer);
        default -> {}
      }
    }

    private void piece(int number, Message.Field field) {
      if (number == PIECE_TEXT) {
        pieces.add(StandardCharsets.UTF_8.decode(field.bytes()).toString());
      } else if (number == PIECE_SCORE) {
        scores.set(scores.size() - 1, Float.intBitsToFloat((int) field.number()));
      }
    }

    private static void trainer(int number, Message.Field field) {
      if (number == TRAINER_MODEL_TYPE && field.number() != UNIGRAM) {
        throw new IllegalArgumentException("its model type is " + field.number() + ", not unigram");
      }
    }

    private void normalizer(int number, Message.Field field) {
      if (number == NORMALIZER_MAP) {
        byte[] table = new byte[field.bytes().remaining()];
        field.bytes().get(table);
        characters = new CharacterMap(table);
      }
    }

    private static ByteBuffer bytes(byte[] file) {
      return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
